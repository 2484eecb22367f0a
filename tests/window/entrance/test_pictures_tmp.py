from collections.abc import Callable
import os
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from desktop import paths
from desktop.domain.problems import Problem
from desktop.window.app import make_application, make_desk
from desktop.window.playing.clerk import write
from tests.window.entrance.conftest import *

OUT = "/tmp/ent/pics"
LOOK, PT = os.environ.get("LOOK","light"), int(os.environ.get("PT","11"))

def snap(c, name):
    os.makedirs(OUT, exist_ok=True)
    QTest.qWait(80)
    c.desk.grab().save(f"{OUT}/{LOOK}-{PT}-{name}.png")

@pytest.fixture
def opened(qtbot, premises, clock):
    _, tokens = make_application(paths.FONTS, LOOK, PT)
    r=[]
    handed = replace(premises, restore=lambda: r.append(1))
    desk = make_desk(handed, tokens)
    desk.show(); desk.activateWindow(); desk.start()
    QTest.qWaitForWindowActive(desk)
    c=Counter(desk, handed, clock, r); c.wait()
    yield c
    desk.close(); desk.deleteLater()
    make_application(paths.FONTS, "light", 11)

def test_set_up(opened):
    c=opened; p=c.desk.coming_in.set_up_page
    snap(c,"1-office-empty")
    c.press(Qt.Key.Key_F8); snap(c,"1-office-fault")
    write(p.office.lines["office"].field, "示例自治县示例民族乡社会救助「一门受理」服务窗口")
    c.press(Qt.Key.Key_F8); snap(c,"2-locality")
    c.press(Qt.Key.Key_F8); snap(c,"3-admin")
    write(p.administrator.name.field, "陈示例")
    c.press(Qt.Key.Key_Return)
    c.type("abc"); snap(c,"3-admin-short"); c.type("defghijk-22"); c.press(Qt.Key.Key_Return); c.type("abcdefghijk-23"); c.press(Qt.Key.Key_F8); snap(c,"3-admin-other")
    p.administrator.password.shown.setChecked(True)
    write(p.administrator.password.again.field,"abcdefghijk-22"); snap(c,"3-admin-shown")
    c.press(Qt.Key.Key_F8); snap(c,"4-sheet")
    c.press(Qt.Key.Key_F8); c.type("1234"); c.press(Qt.Key.Key_Return); snap(c,"5-proof")
    write(p.proof.line.field, p.entered.code[-4:].lower()); c.press(Qt.Key.Key_Return); snap(c,"6-backup")
    c.press(Qt.Key.Key_F8); snap(c,"7-office")
    c.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier); snap(c,"8-lock")

def test_sign_in(staffed, opened):
    c=opened
    snap(c,"a-signin"); c.press(Qt.Key.Key_Return)
    c.sign_in("wrong"); snap(c,"b-wrong")
    for i in range(4): c.sign_in("wrong")
    snap(c,"c-wait")
    s=c.desk.coming_in.sign_in_page
    from desktop.store.trouble import Damaged
    s.say(Damaged("案卷库有一处损坏。", "请关闭窗口，重新打开后按提示从备份恢复；备份之后的录入另有一份，会一并补上。")); snap(c,"d-damaged")
    s.by_sheet.click(); snap(c,"e-recovery")
    r=c.desk.coming_in.recovery_page; c.press(Qt.Key.Key_Return); snap(c,"f-recovery-fault")
