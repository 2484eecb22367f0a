"""What is masked shows no more than its share, whatever was typed."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.masking import id_tail, masked_account, masked_id, masked_name, masked_phone

MASKS = (masked_id, id_tail, masked_phone, masked_account, masked_name)
TYPED = st.one_of(
    st.text(max_size=40),
    st.from_regex(r"[0-9]{0,22}[xX]?", fullmatch=True),
    st.text(st.sampled_from("0123456789-－ 　()转张欧阳王示例·Ab"), max_size=30),
)


def shown(masked: str) -> str:
    """What of the text is to be read; the stars of a mask are not."""
    return masked.replace("*", "").removeprefix("…")


@pytest.mark.parametrize(
    ("mask", "typed", "masked"),
    [
        (masked_id, "520102199001011234", "5201**********1234"),
        (masked_id, "52010219900101123x", "5201**********123x"),
        (masked_id, "520102 19900101 1234", "5201**********1234"),
        (masked_id, "520102900101123", "5201*******1123"),
        (masked_id, "E12345678", "******678"),
        (masked_id, "12345", "****5"),
        (masked_id, "12", "**"),
        (masked_id, "示例县示例镇示例村一组示例路十二号", "*************路十二号"),
        (id_tail, "520102199001011234", "…1234"),
        (id_tail, "12345", "…5"),
        (id_tail, "12", "…"),
        (masked_phone, "13800000000", "138****0000"),
        (masked_phone, "+86 138-0000-0000", "138****0000"),
        (masked_phone, "0850-1234567", "*******4567"),
        (masked_phone, "（010）12345678", "*******5678"),
        (masked_phone, "1234567", "*****67"),
        (masked_phone, "13800000000 / 13900001111", "*******************1111"),
        (masked_account, "6222 0000 0000 0001 234", "***************1234"),
        (masked_account, "无", "*"),
        (masked_name, "张示", "张*"),
        (masked_name, " 张　示 ", "张*"),
        (masked_name, "张示例", "张*例"),
        (masked_name, "欧阳示", "欧阳*"),
        (masked_name, "欧阳示例", "欧阳**"),
        (masked_name, "欧阳", "欧*"),
        (masked_name, "张王示例", "张***"),
        (masked_name, "示例·买买提", "示*****"),
        (masked_name, "张\U000e0100示", "张\U000e0100*"),
        (masked_name, "𠮷示例", "𠮷*例"),
        (masked_name, "张", "*"),
    ],
)
def test_a_mask_leaves_what_tells_two_apart(mask: Callable[[str], str], typed: str, masked: str) -> None:
    assert mask(typed) == masked


@pytest.mark.parametrize("mask", MASKS)
@pytest.mark.parametrize("typed", ["", " ", "　\n"])
def test_nothing_stays_nothing(mask: Callable[[str], str], typed: str) -> None:
    assert mask(typed) == ""


@given(TYPED)
def test_an_identity_number_shows_its_ends_at_most(typed: str) -> None:
    digits = sum(character.isdecimal() for character in typed)
    masked = shown(masked_id(typed))
    assert len(masked) <= (8 if digits >= 14 else 4)
    assert len(masked) < max(1, len(typed)) * 0.6


@given(TYPED)
def test_a_tail_and_an_account_show_four_at_most_and_never_more_than_a_third(typed: str) -> None:
    for mask in (id_tail, masked_account):
        tail = shown(mask(typed))
        assert len(tail) <= min(4, len(typed) / 3)


@given(TYPED)
def test_a_telephone_number_shows_seven_of_eleven_digits_at_most(typed: str) -> None:
    masked = masked_phone(typed)
    assert len(shown(masked)) <= 7
    if len(shown(masked)) > 4:
        assert len(masked) == 11
        assert masked[3:7] == "****"


@given(TYPED)
def test_a_name_shows_its_surname_and_one_character_at_most(typed: str) -> None:
    close = "".join(typed.split())
    masked = masked_name(typed)
    assert masked == close == "" or "*" in masked
    assert len(masked.rstrip("*").split("*")) <= 2
    assert masked[:1] in {"*", close[:1]}


@given(st.text(st.characters(categories=["Lo"]), min_size=2, max_size=12))
def test_of_a_name_two_characters_stay_at_most(name: str) -> None:
    assert len(shown(masked_name(name))) <= 2
    assert len(masked_name(name)) == len(name)
    assert masked_name(name) != name
