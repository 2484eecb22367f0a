"""Letters on paper: pages of A4 as PDF, every glyph embedded."""
