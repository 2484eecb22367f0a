"""The secret of a store: hidden, the same for ever, and brought back from paper or not at all."""

import copy
import pickle
import re
import traceback
from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from desktop.domain.problems import Problem
from desktop.store.secret import DIGITS, Secret

SAMPLE = Secret(bytes(range(16)))
CODE = SAMPLE.recovery_code()
SECRETS = st.binary(min_size=16, max_size=16).map(Secret)
PLACES = st.integers(0, 27)


def plain(code: str) -> str:
    return code.replace("-", "")


def refused(text: str) -> Problem:
    with pytest.raises(Problem) as problem:
        Secret.from_recovery_code(text)
    return problem.value


def test_codes_and_keys_stay_the_same_from_version_to_version() -> None:
    assert CODE == "0004-1061-050R-3GG2-8A1C-60T3-GFXC"
    assert SAMPLE.store_key().hex() == "964193c778af27d53b2f439493259592fc228ecb3d8d2a39a05ac85d5210c8b1"
    assert SAMPLE.tail_key().hex() == "1187896a769aa56249dc06717ada4e17bf5fd1c36d33a00d59659b0d3c26f4c7"


def test_two_fresh_secrets_have_nothing_in_common() -> None:
    one, other = Secret.fresh(), Secret.fresh()
    keys = {key for secret in (one, other) for key in (secret.store_key(), secret.tail_key())}
    assert len(keys) == 4
    assert one != other


@pytest.mark.parametrize("shown", [repr, str, "{}".format, "{!r}".format, lambda secret: repr([secret])])
def test_a_secret_shows_nothing_of_itself(shown: Callable[[Secret], str]) -> None:
    text = shown(Secret(b"SIXTEEN-SECRETS!"))
    assert "SIXTEEN" not in text
    assert b"SIXTEEN".hex() not in text


def test_a_secret_is_neither_pickled_nor_copied() -> None:
    for way in (pickle.dumps, copy.copy, copy.deepcopy, lambda secret: pickle.dumps([secret])):
        with pytest.raises(TypeError, match="not pickled"):
            way(SAMPLE)


def test_bytes_of_another_length_are_no_secret_and_are_not_told() -> None:
    with pytest.raises(ValueError, match="16 bytes") as error:
        Secret(b"SHORT")
    assert "SHORT" not in "".join(traceback.format_exception_only(error.value))


@given(SECRETS)
def test_a_secret_comes_back_from_its_code(secret: Secret) -> None:
    assert Secret.from_recovery_code(secret.recovery_code()) == secret


@given(SECRETS)
def test_a_code_is_seven_groups_of_four_without_letters_that_look_like_digits(secret: Secret) -> None:
    assert re.fullmatch("[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){6}", secret.recovery_code())


@pytest.mark.parametrize(
    "written",
    [
        CODE.lower(),
        plain(CODE),
        CODE.replace("-", " "),
        CODE.replace("-", "－"),
        CODE.replace("-", " — "),
        CODE.replace("-", "\N{MINUS SIGN}"),
        f"\ufeff  {CODE[:19]}\r\n{CODE[19:]}\u200b\u3000\n",
        CODE.replace("0", "O").replace("1", "I"),
        CODE.replace("0", "o").replace("1", "l"),
        "".join(chr(ord(character) + 0xFEE0) for character in CODE),
    ],
)
def test_a_code_is_read_however_it_was_written_down(written: str) -> None:
    assert written != CODE
    assert Secret.from_recovery_code(written) == SAMPLE


def test_every_single_wrong_character_is_noticed_and_its_group_named() -> None:
    code = plain(CODE)
    for place, right in enumerate(code):
        for wrong in DIGITS.replace(right, ""):
            assert f"它在第 {place // 4 + 1} 组" in refused(code[:place] + wrong + code[place + 1 :]).what


@given(SECRETS, st.data())
def test_a_wrong_character_is_noticed_in_any_code(secret: Secret, data: st.DataObject) -> None:
    code = plain(secret.recovery_code())
    place = data.draw(PLACES)
    wrong = data.draw(st.sampled_from(DIGITS.replace(code[place], "")))
    assert f"它在第 {place // 4 + 1} 组" in refused(code[:place] + wrong + code[place + 1 :]).what


@given(SECRETS, PLACES, PLACES)
def test_any_two_characters_that_changed_places_are_noticed(secret: Secret, one: int, other: int) -> None:
    characters = list(plain(secret.recovery_code()))
    assume(characters[one] != characters[other])
    characters[one], characters[other] = characters[other], characters[one]
    assert refused("".join(characters)).what == "恢复码有误；可能有两个字符的位置颠倒了。"


@given(SECRETS, st.data())
def test_any_two_wrong_characters_are_noticed(secret: Secret, data: st.DataObject) -> None:
    characters = list(plain(secret.recovery_code()))
    for place in data.draw(st.sets(PLACES, min_size=2, max_size=2)):
        characters[place] = data.draw(st.sampled_from(DIGITS.replace(characters[place], "")))
    assert refused("".join(characters)).what.startswith("恢复码有误")


@pytest.mark.parametrize("begins", ["16", "1J"])
def test_no_single_place_is_named_where_more_than_one_must_be_wrong(begins: str) -> None:
    assert refused(begins + plain(CODE)[2:]).what == "恢复码有误，不止一个字符不对。"


def test_a_code_of_more_bits_than_a_secret_has_is_refused() -> None:
    # One of all these endings makes both sums right; it is the first character that no secret has.
    for last_but_one in DIGITS:
        for last in DIGITS:
            assert "恢复码有误" in refused(f"8{'0' * 25}{last_but_one}{last}").what


def test_too_few_and_too_many_characters_are_counted() -> None:
    assert refused(CODE[:-1]).what == "恢复码应有 28 个字符，这里有 27 个。"
    assert "补上" in refused(CODE[:-1]).remedy
    assert refused(CODE + "0").what == "恢复码应有 28 个字符，这里有 29 个。"
    assert "去掉" in refused(CODE + "0").remedy
    assert refused("").what == "恢复码应有 28 个字符，这里有 0 个。"


@pytest.mark.parametrize("character", ["U", "u", "*", "口", "ß"])
def test_a_character_that_cannot_be_is_named_with_its_place(character: str) -> None:
    assert refused(CODE[:5] + character + CODE[6:]).what == f"恢复码第 5 个字符「{character}」不会出现在恢复码里。"


@given(st.text())
def test_whatever_is_typed_is_a_secret_or_a_problem(text: str) -> None:
    try:
        Secret.from_recovery_code(text)
    except Problem as problem:
        assert problem.remedy
