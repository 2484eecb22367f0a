"""Yimen Desk: the desk of a township's 「一门受理」 social-assistance window. This is the map of the house.

A case and its rules make one immutable Assessment; the window, the notices, the store and the county's workbook
only render it. Floors from top to bottom; each uses only what lies beneath it, and store, notices and batches are
strangers to one another. Each line is what the module says of itself.

__main__.py                         ``python -m desktop`` is the program
main.py                             The one place where the parts are put together
command_line.py                     The command line: which command is meant, and what it comes to as an exit code
window/                             The window: the only room that knows Qt. It asks and shows; it decides nothing
    answers/                        How a question is answered: fields, forms and rows
        choices.py                  Fields that are chosen from: a list of codes, and a row of few answers side by side
        entry.py                    One question on screen: its label, its field and the line beneath, bound to a path of the draft
        fields.py                   Fields that are typed into: text, amounts, days, whole numbers, identity numbers
        form.py                     A group of questions as a form: labels at the left of their fields, messages beneath, in one column or two
        password.py                 A password: nobody reads it over the shoulder, no input method composes or remembers it
        row_line.py                 One row of a table on screen: its headings, its fields, its remove button and the line beneath
        rows.py                     Many of the same, edited in place: fields under their headings, a line for faults beneath each row, add at the foot
    app.py                          The application around the window: input method, fonts, look, language, and the last net
    backup_clock.py                 When backups are made: after half an hour of work, on leaving, by hand; and once a week the newest one is tried
    conclusion/                     What a draft comes to, always in view, each figure with its steps
        comparison.py               What each of several identities would pay, side by side, where a person has a choice
        drawer.py                   The drawer over the conclusion: a figure's steps, each with its formula, its value and the clause behind it
        entries.py                  An entry of the conclusion, a section of entries and the head over them, as values
        figure_row.py               One row of the conclusion: a figure that opens its steps, or leads to its field
        figures.py                  What the conclusion strip says, as values: sections of figures, each with its steps or its field
        on_screen.py                Amounts and clauses as the screen writes them: the words of the paper, kept together on their lines
        reader.py                   The reader: an official text in the drawer, opened at a clause, which stands behind a bar with its heading in bold
        sections_view.py            Sections of figures under one another; what stays the same stays the same widget, so a key stroke costs little
        step_row.py                 A step in the drawer: its formula, its value and the clause behind it, with the way to the official text
        trouble.py                  What stands in the way, on the page itself: a sentence, and a link to each field that it needs
        verdict.py                  The conclusion beside the work: verdict, benefit, what is missing; always in view, at every key stroke
        whereabouts.py              Where a path of the case file lies, in words for the clerk
    counter.py                      The counter: the case that lies on it, step by step or in its history, and the question what a new one is about
    entrance/                       How one comes in: the first set-up, signing in, and the lock over the window
        backup_step.py              The last step of the set-up: where backups go, and that one disk is none
        card.py                     A page with one card in its middle: what the entrance asks stands there, and nothing beside it
        choice_list.py              One of a few, chosen by arrows, a digit or a first letter; Enter goes on
        coming_in.py                The ways in: set-up, signing in, the recovery sheet, a backup; each ends with an open office or says why not
        credentials.py              Who comes in, by name and password; after wrong ones, how long to wait before the next
        desk.py                     The one window of the program: the ways in, then the office, and the lock over it
        idle.py                     How long nobody has touched keyboard and mouse
        lines.py                    One thing that the entrance asks: its label, its field, and the line beneath that says what is so
        lock.py                     The lock over an open office: drawn by a key or after a while, lifted by whoever signs in
        lock_page.py                The lock: nothing of the work is to be seen until somebody who may signs in
        new_password.py             A new password: typed twice, held against what a role asks for, shown only where somebody wants to see it
        premises.py                 What the entrance is handed: the door, what was set on this machine, and how an office is made of an open store
        recovery_page.py            The way in with the recovery sheet: its code, a name, and a new password
        restore_page.py             The way in from a backup, where the store is damaged, gone or not there yet: which one, who, and whether one is sure
        restore_parts.py            The steps of the way in from a backup: which one, by whose password or by the recovery sheet, and whether one is sure
        set_up_page.py              The first set-up, one question group a page: office, locality, administrator, recovery sheet, backups
        set_up_steps.py             The first three steps of the set-up: the office, its locality, its administrator
        sheet_steps.py              The recovery sheet: seen, printed or saved; then proved to be on paper by what stands on it
        sign_in_page.py             Signing in: who is at the window; and what helps where the store does not open
        veil.py                     The veil: one page of a stack lies hidden, and comes back as it was, because it never learnt of either
    fonts.py                        The program's own fonts: Chinese on a machine that has no Chinese font, rare characters included
    frame.py                        The frame around the work: the bar above with the search, the places at the left
    history/                        What was done to a case: its acts one by one, how it stood after each, who saw it, what was sealed of it
        access_view.py              The list of who looked at a case: seen first, then printed or saved for the applicant, which is itself written down
        act_list.py                 The acts of a case, newest first, each on two lines; only what is in view is put into words
        act_slider.py               The slider over the acts of a case: Left is earlier, Right is later; the wheel moves nothing
        act_words.py                An act of a case's history in words: when, what kind of act, who, and what it did
        history_page.py             The history of a case on a page: its acts at the left, how the case stood after the chosen one at the right
        sealed_text.py              A sealed result as it is read: every word as it was written then, nothing computed anew
        sealed_view.py              A sealed result on screen, word for word; Esc or its button closes it
        state_lines.py              A past state of a case as plain lines, step by step as it is asked for, with what an act changed marked in words
        state_view.py               A past state on screen: its lines step by step, to look at and not to write in; what an act changed is marked in words
    intake/                         The guided intake: an open case, step by step
        alike_panel.py              The quiet strip in an open case that tells of the same person or settlement in another one; it never stands in the way
        alike_words.py              What is said of two that seem to be one: the line in the case, the heads and the lines of the comparison
        case_head.py                The head of an open case, with its number, its mark and its rail; and the foot that leads on and back
        case_page.py                The case at the counter: its head and rail, the step at hand, the conclusion at the right
        editing.py                  Rows that come and go: added with their ids, taken out with a way back, kept where something hangs on them
        new_case_page.py            Where an application begins: the clerk says what it is about
        papers_page.py              The papers that the matter asks for, as a checklist: received, still to come, or not needed
        rail.py                     The rail of steps: the only progress there is, in marks and words
        saving.py                   Save as you type: the draft goes to disk when typing rests, and the mark says only what is so
        sheet.py                    One row as a sheet: its groups in the order of the paper, its sums pinned beneath
        sheets.py                   A list at the left and the sheet of its chosen row at the right
        side_by_side.py             Two that seem to be one, side by side over the conclusion: what differs is marked in words, the way there is beside it
        step_page.py                One step of the intake, made from its declaration: its parts under its title, scrolling inside
        turning.py                  Undo and redo of an open case: off the window's thread, then shown at the field that changed, with the way back
    keeping.py                      What an office has whose store lies on this machine: its settings, and its backups by the clock
    labels.py                       What stands still on screen: lines, prose and messages, all plain text whatever they hold
    lists/                          Many cases at once: found, opened, sent to the county
        batch_page.py               Batches: the cases that wait for the county, what is chosen comes to, and the workbook that carries them there
        case_list.py                The list of cases: found by one box, opened with Enter; the empty office is told what to do first
        case_table.py               Rows of cases as a table that goes on where it ends: the next page is asked for when its last row comes into view
        delete_line.py              Deleting asks for its reason in place: Enter puts the case into the bin, Esc leaves it where it is
        policy_page.py              Policies: the documents that the program applies, and the official text that the office attaches to each
    main_window.py                  The window: it arranges the places and decides nothing
    paper/                          The last step: notices seen, issued, printed and saved
        letter_view.py              A letter on the screen: the words of its pages, without the paper
        notice_card.py              One notice of a case: previewed, issued under its number, printed, saved
        preview.py                  The preview: the very pages that print, one under the other, sharp on every screen
        printing.py                 A notice's pages as images, and on paper: the screen and the printer show the very same PDF
        result_page.py              The last step: the verdict and the benefit in full, and the notices that go over the counter
    playing/                        The window played by a clerk of its own, who types and looks
        clerk.py                    A clerk at the keyboard: keys, compositions and choices, sent to the widgets of the real window
        demo.py                     The whole job played through the real window on sample cases; what is not as expected raises
        played.py                   What a played case is compared by: the questions that were asked, whatever the ids
    problem_page.py                 What keeps the program from starting, on a page of its own
    questions/                      What is asked of a draft, and how far the answers have come; no widget here
        asking.py                   Which questions are asked of a draft, which answer themselves, and to which step a path belongs
        declared.py                 Every question of the intake, each declared once: its path, its label, its kind, when it is asked
        draft.py                    The draft on the counter: a tree in the shape of the case file, as typed, reached by path
        lacking.py                  What a draft still lacks, while faults keep it from being assessed: asked of the same draft without them
        notes.py                    What stands beneath the fields: a fault, or that something is still to be filled in, by path; and the rail's states
        question.py                 What a question, a group of them, a table, a list of sheets and a step are: the grammar of the intake's declarations
        sums.py                     Sums of what has been typed so far, for the foot of a table or a sheet; what cannot be read yet is left out
        told.py                     What a field, a row and a change of a case are called, in words for the clerk; ID and telephone numbers are masked
        typed.py                    What a clerk types and what the draft keeps: amounts and days in many spellings, one way of writing them down
    settings/                       The place of the settings: the office and its numbers, its staff, the bin, the look; a section of each
        asked.py                    Labelled fields under one another, each with its hint beside it and its fault or note beneath
        backup_parts.py             The parts of the page of backups: a medium, the question before a restore, and what is in a backup
        backups_page.py             The backups: where they go, one by hand, what is in each, and the way back to one of them
        bin_section.py              The bin: deleted cases, put back by anybody, deleted for good by an administrator
        look_section.py             How the window looks on this machine: its colours and the size of its type
        office_section.py           The office and its numbers: letterhead, locality, pattern of case numbers, minutes until the window locks
        panel.py                    A small form that opens in place: Enter after its last field does it, Esc puts it away
        row_table.py                A table to look at and to choose a row in; the row chosen stays chosen when it is read anew
        section.py                  One section of the settings: its title, what is in the way, and its parts, scrolling inside
        settings_page.py            The place of the settings: a list of sections at the left, the chosen one at the right
        staff_panels.py             The small forms about the staff: a new clerk, another role, another password, the own password
        staff_section.py            The staff: who may sign in, what an administrator does about them, and everybody's own password
        twice.py                    A button that is pressed twice: the first press asks, the second is sure; going elsewhere takes the first one back
    status_line.py                  The line at the foot of the window: what is so, what just happened, and for ten seconds the way back
    tasks.py                        The one door off the window's thread: work goes to one worker, what came of it comes back through one signal
    theme.py                        The look in one place: colours, sizes and the one style sheet that every widget wears
commands/                           The commands, one room for each of what they are about: arguments in, text out, no logic
    backups.py                      Commands on the backups of a store: made now, and one of them put in its place
    batches.py                      Commands on the county's batches, on a store that somebody signs in to
    cases.py                        Commands on case files: assessed, or made into a notice, without a store
    doors.py                        What every command needs: what it opens, its exit codes, and where it complains
    policies.py                     Commands on policies and localities: listed, shown, checked, proven, and the official text attached
    signing_in.py                   Signing in without the window: who, and the password from a file, from the terminal unseen, or as one line of input
    stores.py                       Commands on a store: made, checked, its day told on paper
settings.py                         What is set on this machine: how the window looks, where backups go, and the office's facts of an earlier version
paths.py                            Where things are: what ships with the program, and what the office keeps
work/                               What a clerk does all day, one function each: open, save, assess, issue, send; no window here
    assessing.py                    Assessing: a draft as it stands in the window, or case files as they come in
    at_the_door.py                  What is asked at the door before anything is open: what a name or password lacks, what helps where it stays shut
    auditing.py                     The check of the store in words: what was looked at, and for everything that is not as it was what to do
    backing_up.py                   Backing up: made, entered in the journal, thinned, carried to a second medium
    backup_ages.py                  How old the backups are, on the first medium and the second, and what is late; in words for the status line
    backup_list.py                  The backups on both media as a list: when, why, how many cases, where they lie, and whether they can be used
    backup_places.py                Where the backups of an office go: a folder, and another on a second medium, which may be plugged in or not
    batching.py                     Batches: accepted cases to the county as one workbook, sealed and numbered
    bringing_back.py                Bringing a backup back: what is in it, what restoring it would come to, and the restoring itself
    by_code.py                      In by the recovery code alone, where no window asks for a new password: whoever holds the sheet may do everything
    checking.py                     Checking policy and locality files: their shape, the scenarios that were signed, and the documents above them
    day_sheet.py                    日结单: what was done in a day and where the journal stands, on paper that nobody can change afterwards
    discarding.py                   Cases thrown away: into the bin with a reason, back out of it, or gone for good where the county never had them
    door.py                         The door of an office's store: where it lies, whether there is one yet, and how it is opened once the secret is known
    drafts.py                       Between the counter and the file: a draft with its papers is one tree there, whose rows have ids
    drilling.py                     The weekly drill: the newest backup is opened, read to its end, and held against its manifest and the journal of now
    duplicates.py                   The same person or the same settlement in another case: found, set side by side, and acknowledged where they are two
    entering.py                     Coming in: the first set-up, signing in, and the lock
    files.py                        Files that are whole or not there: written aside, then renamed
    from_backup.py                  In from a backup where the store is damaged, gone or not there yet: who may bring it back, and what that comes to
    history.py                      The history of a case: what was done to it act by act, and how it stood after each, read from the journal alone
    incidents.py                    What is our own defect is written down for us: where it happened, never with what anybody typed
    intake.py                       Taking cases in: begun, opened, saved as typed, accepted under a number
    library.py                      The policies and localities on this machine, read once
    looks.py                        Who looked at a case: opened, printed or exported it; and the list of that which the applicant may ask for
    notices.py                      Notices: previewed, numbered, kept as they were printed, or written straight from a case file
    office.py                       The office: the bag of parts that every piece of work is handed
    office_facts.py                 What the office says of itself: letterhead, locality, pattern of case numbers; kept in the store, changed with the role
    official_texts.py               Official texts: documents as they were published, attached by the office, where a citation opens at its clause
    own_keys.py                     The office's keys while they change: as before where that fails; another store's are put aside, not thrown away
    program.py                      Which program this is, as it stands in what it seals and backs up
    proving.py                      Proving policy files for the command line: where each clause went, and whether the scenarios notice every change
    recovery.py                     The recovery sheet: put on paper, confirmed, and the way back into the store when every password is lost
    sealed_results.py               What was sealed of a case, read again word for word; nothing is computed anew
    sealing.py                      Sealing: an assessment kept with all that it was made from, exactly as it left the window
    searching.py                    Cases listed and found: by any part of a name, by sound, by the tail of an ID number, by number, phone or village
    selftest.py                     The installed program tests itself: every library that it needs, on real files, in a throwaway folder
    staff.py                        The office's clerks: added, given a role or a new password, retired, by an administrator; the own password by anybody
    telling.py                      Telling in plain lines what the window shows: assessments, policies and localities for the command line
    undoing.py                      Undone, done again, taken back to how it stood: by new entries in the journal, so that it holds over restarts
store/                              One SQLite file that keeps the office's cases; rows become values at its door
    alike.py                        What another case may hold too: the same person, the same settlement; and the pairs that a clerk has found to be two
    backup.py                       A backup: copied page by page while the clerk goes on, read again from the disk, compared, and only then counted
    backups.py                      The backups in a folder: which there are, which of them may go, and copies of them on a second medium
    bin.py                          The bin: cases that were deleted, each with its reason, until they are put back or gone for good
    bringing_up.py                  A backup made ready to be the store: what was typed since put in again, and from there on under a window of its own
    cases.py                        Cases in the file: each as one tree, as typed, with what lists show of it and what it is known by
    chain.py                        The chain of the journal: each entry carries the hash of the one before, so that no entry can be changed, lost or slipped in unseen
    checking.py                     The check of a store: whether every page, entry and case is what was written there, found without changing anything
    checks/                         What a check of the store looks at, part by part; nothing here changes anything
        anchors.py                  What the journal is held against from outside its chain: batches, backups, and the changes that the tail holds
        chains.py                   Every window's chain, entry by entry: what was changed, what is missing, what was slipped in, and where
        counts.py                   What is counted: the register without gaps, batches in their order, the numbers that the file keeps of itself
        findings.py                 What a check finds, and how far it has come: values for whoever puts them into words
        known.py                    What cases are known by, against what their drafts say: all of the first cases, and of the others a sample
        left_the_window.py          What left the window of a case: its number, its sealed assessments, its notices, its batches, against their entries
        pages.py                    The file itself: the seal of every page, the database's own structure, references that lead nowhere
        replays.py                  Every case held against its entries: what they come to, field by field, is what the file keeps
    clerks.py                       The office's clerks in the file: who they are, which role they have, and until when
    connection.py                   A connection to an encrypted file: keyed, checked, and set so that an acknowledged change survives a power cut
    copying.py                      Copies that are proven: written aside, brought to the disk, read again from there, compared, then given their name
    days.py                         What was done on a day, as the journal has it
    facts.py                        The office's facts in the file: its letterhead, its locality, its pattern of numbers; each with its entry when it changes
    file.py                         The open store: read by anybody within, changed in one transaction at a time, and every change kept twice
    found_by.py                     What finds a case, as one text in its own row: its keys by whose they are, so that a hit is checked there and says who
    holder.py                       Who holds a store: one program at a time, and the next one is told which
    journal.py                      The journal: every accepted change and every look, who and when, numbered per window and chained by hash
    kept_tails.py                   Tails that are kept when another is begun: they lead from an older backup to the present while none of them is missing
    keys.py                         Who may open the store: for each clerk the store's secret once, wrapped under what only the password yields
    known_by.py                     What a case is known by: the people and settlements that are compared with other cases, and what the search finds it by
    log.py                          The log beside the file: looked at before it is taken up, since closing the file lays it over the pages for good
    looking.py                      Looking into a backup without touching it: which cases are in it, and who worked here then
    manifest.py                     What a backup says of itself, how it is named, and how one that is not finished is known
    migrations/                     How the file came to be what it is: numbered steps, each in one transaction together with the record of it
        m0001_cases.py              Step 1: cases as typed, sealed assessments, the register of numbers, notices as printed, batches as sent
        m0002_journal.py            Step 2: the journal, clerks, the office's facts, every number by itself, what is searched and compared, the bin
        steps.py                    The steps in their order, and bringing a file up to date by those that it lacks
    opening.py                      Opening a store: one encrypted file, one holder, brought up to date, with nothing lost that the tail still holds
    pinyin.py                       Chinese names as they sound: pinyin without tones, a surname read as surnames are
    place.py                        Where a folder lies: this computer's own disk, a share, a disk that is carried about, or memory
    register.py                     The register: every number that was ever given, without gaps or doubles, each series from 1 every year
    replacing.py                    Another file in the place of the store: whole before it begins, and what a kill interrupts is finished when it is opened
    replaying.py                    Putting in again what a tail holds: only what was written after the very file that it is put into
    rescue.py                       Files of an open store that were moved, deleted, replaced or cut off: taken up again, with all that was acknowledged
    restoring.py                    Restoring: a backup in the place of the store, once what is there is safe; what was typed since may be put in again
    rows.py                         What a statement that reads has found: whatever the disk does wrong on the way is told, and zeros are taken for nothing
    sealed.py                       What left the window, kept as it was: assessments with their inputs, notices, batches
    search.py                       Finding cases by keys: every term of the words met, one page after the other, however many there are
    search_keys.py                  What a case is found by: keys made from its people, numbers and villages, and the ranges of keys a query asks for
    secret.py                       The secret that opens a store: the keys that come of it, and the code that brings it back from paper
    standing.py                     Where a file of the store stands: its last change, its rows, the ends of its chains; and whether every page is whole
    tail.py                         The tail: every change since the last counted backup once more, encrypted, in a file beside the store
    taking_over.py                  Taking over a store of the first version, which was not encrypted: exported whole, compared, then put in its place
    thinning.py                     Which old backups may go: close together lately, further and further apart the older they are
    tries.py                        Failed sign-ins: after a few of them each further try waits longer, also when the program was started anew
    trouble.py                      What can be wrong with a store, each in a sentence that says what is so and what to do
    whole_files.py                  Small files beside the store that are whole or not there: written aside, brought to the disk, then renamed
notices/                            Letters on paper: pages of A4 as PDF, every glyph embedded
    composition.py                  A letter's parts in their order on the page, and what may not be parted by a page's end
    cures.py                        What ReportLab gets wrong with Chinese and is put right here: the map from glyphs back to characters
    grids.py                        What stands in rows and columns: tables that repeat their titles, facts side by side, lines to sign on
    lines.py                        Breaking Chinese text into lines: numbers and words stay whole, and no line begins with closing punctuation
    pages.py                        The sheets: running head, foot with number, day and page, and the document's own particulars
    pdf.py                          A letter becomes a PDF: the door of this room, which loads reportlab only when something prints
    prose.py                        A block of text on the page: broken into lines our way, spread to the margin, drawn run by run
    styles.py                       How everything on a page stands: sizes in points after GB/T 9704, which office printers and readers expect
    typefaces.py                    Which face draws which character: the text's own face first, then one for rare characters, glyph by glyph
batches/                            The county's workbooks: one table of columns for what goes out and what comes back
    columns.py                      The columns of the county's workbook, each declared once: its title, what it holds, how wide it is, who fills it in
    kinds.py                        Kinds of cells: how a value is written so that no spreadsheet changes it, and how it is read back
    layout.py                       How the workbook looks, prints and is locked: only the county's cells are open
    outgoing.py                     Writing a batch for the county as a locked workbook, and reading such a workbook back
    remarks.py                      The words of a row: verdict, identities, insurance, why nothing is paid and what is still to be supplied
    rows.py                         What one row of a batch is about: an expense, a member, an income, a step of the calculation, or the batch itself
policy/                             What the law says, as data, and how it applies to a case; as pure as the domain
    alerts/                         What the clerk is told with the figures
        burden.py                   What illness leaves a person to bear: the year's early warning, and the control of a stay's burden (P-27, J-11)
        deadlines.py                Until when to apply: the last days of filing terms and of windows before the application, for the clerk to tell (A7)
        doubts_and_hints.py         What the clerk is told with the figures: what puts them in doubt, deadlines, warnings, hints, in this order (A22)
        holding.py                  Who holds what: the identities that a policy knows, those held on a day, and those whose day of recognition is asked for (A6)
    alternatives.py                 Which would pay more: what a person with several identities, or one who should be redirected, is paid by each (A6, A8)
    assess.py                       A case and its rules make one assessment: identification, benefits, subsidies, and what the clerk must see
    assessment.py                   The assessment: one immutable answer, computed once, rendered everywhere (contract ``yimen-assessment/1``)
    benefits/                       What expenses are paid: who is served by what, what keeps an expense out, and the year's deductible, ratios and caps
        catalogue.py                Cost outside the catalogue: aid within the control share, and an alert above it (A19, P-25, P-26)
        entitlement.py              Which identity an expense is paid by, whether its patient was insured, and what of it the patient bore
        exclusion.py                An expense with what is known about it, and the first reason that surely keeps it out (A21)
        filing.py                   Filing in time: the last day of a window before the application, and of the term after a discharge (A7, P-35)
        lacking.py                  The facts that an expense's calculation asks for and the case does not have (A18)
        paying.py                   What a covered expense pays: deductible, ratio and lift, then the caps, each used up as the year goes on (A4, A5, A13)
        settlement.py               What each expense pays: exclusions first, then self_pay, deductible, ratio and cap, in the year's order (A2 to A5)
        terms.py                    The numbers of a class as they stand for one expense on its day: stated, a share of a published figure, or a locality's
        tilt.py                     倾斜救助: on what the year's cap cut off, or on what is left of self_pay after all assistance (A14)
    findings.py                     What an assessment notes on its way: steps taken, facts missing, sentences the clerk must see
    later.py                        A tuple that is made when somebody first reads it: what is made of values alone is the same whenever it is made
    law/                            The law as typed values: the shape of a policy file and of a locality's, and the reading of both
        benefit_reading.py          Reading a policy's benefits: classes, their numbers, and what bars or adds to them
        benefit_rules.py            The typed shape of a policy's benefits: classes with deductible, ratio and cap, and what bars or adds to them
        bounds.py                   The typed shape of a framework's bounds: what a value below it may be (A17), and their reading
        consistency.py              What the parts of a policy must be to one another: one rule for one fact and day, and every value declared
        identification_reading.py   Reading how an identity is recognised: tests as metric, comparison and limit
        identification_rules.py     The typed shape of an identification rule: tests as metric, comparison and limit, dated apart from the benefits
        localities.py               What local governments publish: the numbers of one 统筹地区, each from its day
        locality_values.py          What a locality says that its policy does not ask for, or not in the shape that it asks for
        official_text.py            An official text as paragraphs with their headings, however its file breaks the lines
        passages.py                 Where a citation such as 四（一） or 第十五条末款 stands in an official text
        quantities.py               Values as documents state them: a number, a share of a published standard, or a value left to the locality
        reading.py                  Reading a policy file: its typed shape, or every fault at once by path
        rules.py                    The typed shape of a policy file: what a document says, each value with the clause that says it
        shown_reading.py            Reading what a policy has the clerk see: hints, warnings, papers, and the values left to localities
        shown_rules.py              The typed shape of what a policy has the clerk see: hints, deadlines, warnings, papers, and the values left to localities
        sources.py                  What every policy value shares: the clause that says it, and the reading of its clause, number and day
        subsidy_reading.py          Reading 资助参保: groups of identities with their part of the premium
        subsidy_rules.py            The typed shape of 资助参保: who gets which part of the premium, and when (A16)
    letters/                        What an assessment says to people, as letters: the same words on screen and on paper
        access_list.py              查阅记录: for the applicant, who looked at, printed or exported the case, and when
        applicant.py                The applicant and the household as a letter names them, and where a field of the case stands on paper
        benefit_pages.py            The figures of a 待遇测算单: what each expense pays and why, and each member's premium subsidy
        calculation.py              待遇测算单: what a case comes to, every figure with its steps and clause; an estimate, and it says so first
        capitals.py                 Amounts in capital numerals, as the payment rules have them written: 壹拾万元零伍分
        day_sheet.py                日结单: what a window did in a day and where its journal stands, on paper that nobody can change afterwards
        letter.py                   A letter: what a notice says, before it has a page; the same words on screen and on paper
        receipt.py                  受理回执: what the window took in, what is still to be handed in, and what comes next
        recovery_sheet.py           恢复表: the code that opens an office's cases when every password is lost; printed once, kept on paper alone
    premiums/                       What a member's premium is subsidised with
        premium_shares.py           What somebody's identities open of a premium: each group's share, who fits it, and the best of them (A16)
        subsidies.py                资助参保: for each member and insured year, the one best share of the premium, or why there is none (A16)
    proof/                          Proving policy files: against the answers that were signed, and against the documents above them
        against_frameworks.py       Holding a policy, with a locality's numbers, against the bounds of the documents above it (A17)
        answers.py                  Checking a policy against its own scenarios: where an answer differs from the signed one, in plain words
        bounded.py                  What a policy says where a framework sets a bound: the value in the bound's own measure, or the number that it lacks
        coverage.py                 Where every clause of the documents went: what computes by it, what shows it, or who acts on it instead
        departures.py               A value that lies beyond a bound of a document above, or that cannot be held against it, in words
        mutants.py                  Every small change of a policy's numbers, comparisons, days, flags and lists of codes, one at a time
        mutation.py                 Whether a policy's scenarios notice every small change of it: what nobody notices, nobody has checked
        scenarios.py                Reading scenarios: a case in a few words, and the answer that a policy officer would sign
        trials.py                   A scenario made ready to be tried: its case and its locality's numbers read once, for any version of its policy
    published.py                    Published numbers as they apply on a day: disposable income, and the quantities that are shares of it or a locality's
    recognition/                    Whether a patient is recognised: a household measured against the lines of a rule, and what would change the outcome
        borne.py                    What an expense counts for in an identification: what its patient bore by A2, or between what that lies
        changes.py                  What would change it: for a test by amounts, the smallest single change that turns it
        comparing.py                An amount against its line, without division: whether the test is met, and how far both lie apart (A1)
        deciding.py                 Which identification rule decides on a day, and what the clerk must know of it
        examining.py                Each test of an identification rule, examined: by amounts against a line, by a fact, or by the years of filed stays
        filed_stays.py              The stays that are filed now, by years: whether what the patient bore of them reaches the line of the year (A9)
        household.py                A household over an identification rule's period: its income, what it bore for illness, how many it feeds
        identification.py           Whether a patient is recognised: every test of the rule, then the verdict (A8, A9)
        lines.py                    The line of an identification test: so many times a published standard, as it applies to the household on a day
        metrics.py                  The named measurements that identification tests speak of: the only code behind a policy's metrics
        other_days.py               What another day would change: the nearest days whose window turns a test, and the last day of applying for an expense
        property.py                 Property against the locality's rule: what a household owns, counted and valued, where nobody has answered it outright
        results.py                  What an identification test came to, in figures and words: rounded for display only (A1)
        spans.py                    What an amount is known to lie between: the unknown is neither zero nor a guess (A18)
        survey.py                   What an identification is taken of: a case by one rule, over the rule's period (A8, A9)
    steps.py                        A step of a calculation: recorded as it is taken, put into words only when somebody reads it
    wording.py                      The clerk's Chinese for codes, reasons and verdicts: the same words on screen, on paper and in the workbook
domain/                             Plain immutable values of the office: no files, no clock, no window
    calendar.py                     The dates that the law talks about: calendar months, month ends, ages
    case.py                         A case: one household's application on one day. A Case that exists makes sense
    clerks.py                       Who works at the window: clerks, their roles, and what a role may do
    coherence.py                    What the fields of a case must be to one another; a fault of several fields stands at one of them
    edits.py                        What changed in a case: the edits from a draft as it was to the draft as it is, field by field and row by row
    expenses.py                     A medical expense as its settlement sheet states it
    fields.py                       Reading a table of named fields: every question notes what is wrong by path, and reading goes on
    id_numbers.py                   The citizen's identity number of GB 11643: what it proves, and whether it can be one
    masking.py                      Personal particulars where they need not be read in full: on lists, notices and anything that others see
    means.py                        What a household lives on and owns
    money.py                        Exact money: whole fen on paper, exact decimal yuan in between, rounded once where the law pays
    numbering.py                    How an office writes its case numbers: the year and the number of the year's series, in the office's own pattern
    people.py                       The people of a household, the identities they hold and how they are insured
    problems.py                     Trouble that a person can put right: what is so, and what to do about it
    reading.py                      Reading a case file: a Case that makes sense, or every fault at once by path
    tracked.py                      Drafts whose rows keep ids of their own, and edits of them: applied, taken back, merged
    writing.py                      Writing a case back as a case file: read and written, a case is the same
"""
