"""The one form of texts that differ in writing alone."""

import random
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingzhuang.engines.errors import EngineInputError
from qingzhuang.engines.similar.forms import Forms
from qingzhuang.engines.similar.numerals import numbers

PLAIN = Forms()
DIGITS = "零一二三四五六七八九"


def counted(value: int) -> str:
    """Say a number below 10**12 as it is counted, by the rules of a primer."""
    if value >= 10**8:
        high, low = divmod(value, 10**8)
        return counted(high) + "亿" + ("" if not low else ("零" if low < 10**7 else "") + counted(low))
    if value >= 10**4:
        high, low = divmod(value, 10**4)
        return counted(high) + "万" + ("" if not low else ("零" if low < 10**3 else "") + counted(low))
    said = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit:
            said += DIGITS[digit] + name
        elif said and value and not said.endswith("零"):
            said += "零"
    return said or "零"


@pytest.mark.parametrize(
    "written",
    ["三百", "300", "３００", "0300", "叁佰", "300.0", "3百"],
)
def test_form_three_hundred_in_any_writing_is_one(written):
    assert PLAIN.form(f"走访{written}户") == PLAIN.form("走访300户")


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("二〇二六年", "2026年"),
        ("二零二六年", "2026年"),
        ("２０２６年", "2026年"),
        ("2026-03-25", "二〇二六年三月二十五日"),
        ("2026/3/25", "2026年03月25日"),
        ("2026.3", "2026年3月"),
        ("第三季度", "第3季度"),
        ("百分之十五", "15％"),
        ("百分之三点五", "3.50%"),
        ("1.5万元", "15,000元"),
        ("一万五千元", "15000元"),
        ("三亿", "300000000"),
        ("廿五日", "25日"),
        ("两百", "二百"),
        ("第①项", "第一项"),
        ("5G基站", "五G基站"),
        ("ＡＰＰ", "app"),
        ("關於報送臺賬的通知", "关于报送台账的通知"),
        ("人居環境", "人居环境"),
        ("台账（第2批）", "台账第二批"),
        ("《通 知》", "通知"),
    ],
)
def test_form_same_in_another_writing_is_one(written, same):
    assert PLAIN.form(written) == PLAIN.form(same)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("2026年", "2025年"),
        ("三百", "三千"),
        ("15%", "15"),
        ("1.5", "15"),
        ("十四五", "十五"),
        ("app", "apps"),
        ("甲", "乙"),
    ],
)
def test_form_of_different_things_is_not_one(a, b):
    assert PLAIN.form(a) != PLAIN.form(b)


@pytest.mark.parametrize("word", ["百日攻坚", "千村示范", "队伍建设", "收拾", "登陆", "万一"])
def test_form_numeral_that_is_a_word_stays_readable(word):
    assert PLAIN.form(word)[1] == word[1] or word == "万一"


@pytest.mark.parametrize("nothing", ["", "！？。", " \t\n", "——", "\ue000", "\ud800"])
def test_form_without_letter_and_digit_is_empty(nothing):
    assert PLAIN.form(nothing) == ""


@given(st.integers(0, 10**12 - 1))
def test_numbers_counted_or_in_digits_are_one(value):
    said = counted(value)
    assert numbers(said) == (str(value),)
    assert numbers(f"{value:,}") == (str(value),)
    if said.startswith("一十"):
        assert numbers(said[1:]) == (str(value),)


@given(st.integers(0, 10**9))
def test_numbers_digit_by_digit_are_one(value):
    assert numbers("".join("〇一二三四五六七八九"[int(digit)] for digit in str(value))) == (str(value),)


def test_numbers_spoken_without_last_unit():
    assert numbers("一万五") == ("15000",)
    assert numbers("三百五") == ("350",)
    assert numbers("三百零五") == ("305",)


@given(st.text(alphabet="零〇一二两三四五六七八九十百千万亿廿卅壹贰拾点0123456789.,%分之", max_size=60))
def test_form_any_run_of_numerals_has_one(text):
    assert PLAIN.form(text) == PLAIN.form(unicodedata.normalize("NFKC", text))


def test_form_run_of_many_units_is_no_number():
    assert PLAIN.form("一" + "万" * 5000)


@given(st.text())
def test_form_of_any_text_has_neither_space_nor_punctuation(text):
    form = PLAIN.form(text)
    assert all(symbol >= "\U000f0000" or symbol.isalnum() or unicodedata.category(symbol)[0] == "M" for symbol in form)


@given(st.text(alphabet="关于上报台账清册0300三百年，A ", max_size=20))
def test_form_of_wide_text_is_that_of_narrow_text(text):
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
    assert PLAIN.form(wide) == PLAIN.form(text)


def test_form_synonyms_become_the_shortest_of_their_group():
    forms = Forms([["城乡居民基本医疗保险", "医保"], ["上报", "报送"]])
    assert forms.form("城鄉居民基本醫療保險上报") == "医保上报"
    assert forms.form("报送医保") == "上报医保"


def test_form_of_overlapping_terms_takes_the_first_then_the_longest():
    forms = Forms([["走访", "入户走访", "入户"], ["访问", "探望"]])
    assert forms.form("入户走访") == "走访"
    assert forms.form("走访问题") == "走访问题"
    assert forms.form("入户访问") == "走访访问"


def test_form_of_terms_within_terms_is_that_of_the_whole():
    forms = Forms([["医保", "城乡居民医疗保险", "新农合"], ["医保缴费", "医保征缴工作"], ["缴费", "交钱"]])
    wanted = forms.form("医保缴费")
    assert [forms.form(text) for text in ("新农合交钱", "城乡居民医疗保险缴费", "新农合征缴工作")] == [wanted] * 3


def test_form_groups_that_turn_in_a_circle_come_to_an_end():
    assert Forms([["甲乙", "乙丙"], ["乙甲", "丙甲"], ["甲甲", "乙乙"]]).form("乙丙甲乙乙甲丙甲") != ""


def test_form_terms_with_numbers_are_found_in_any_writing():
    forms = Forms([["十四五", "第十四个五年规划"], ["两癌筛查", "妇女2癌筛查"]])
    assert forms.form("第14个5年规划") == forms.form("十四五")
    assert forms.form("妇女两癌筛查") == forms.form("二癌筛查")


@given(
    st.lists(st.text(alphabet="甲乙丙丁", min_size=1, max_size=4), unique=True, max_size=8),
    st.text(alphabet="甲乙丙丁戊", max_size=12),
)
def test_form_pattern_of_terms_is_leftmost_longest(terms, text):
    found = Forms([[term] for term in terms])
    pieces, place = [], 0
    while place < len(text):
        here = [term for term in terms if text.startswith(term, place)]
        piece = max(here, key=len) if here else text[place]
        pieces.append(piece)
        place += len(piece)
    assert found.form(text) == "".join(pieces) == text
    if terms:
        matched = [match.group() for match in found._terms.finditer(text)]
        assert matched == [piece for piece in pieces if piece in terms]


@pytest.mark.parametrize(
    ("synonyms", "code"),
    [
        (["上报报送"], "synonyms-not-groups"),
        ([["上报", 3]], "synonyms-not-groups"),
        ([3], "synonyms-not-groups"),
        (3, "synonyms-not-groups"),
        ([["上报", "！"]], "synonym-empty"),
        ([["上报", "报送"], ["报送", "提交"]], "synonym-in-two-groups"),
        ([["上报", "报送"], ["報送", "提交"]], "synonym-in-two-groups"),
        ([["上报", "长" * 201]], "synonym-too-long"),
    ],
)
def test_forms_bad_synonyms_are_refused(synonyms, code):
    with pytest.raises(EngineInputError) as error:
        Forms(synonyms)
    assert error.value.code == code


def test_forms_groups_may_come_from_any_iterable():
    assert Forms(iter([iter(["上报", "报送"])])).form("报送") == "上报"


def test_form_thousands_of_terms_cost_no_more_than_the_text():
    rng = random.Random(1)
    characters = [chr(code) for code in range(0x4E00, 0x5E00)]
    terms = {"".join(rng.choices(characters, k=4)) for _ in range(5000)}
    forms = Forms([[term] for term in terms])
    assert sys.getsizeof(forms.form("关于上报台账的通知" * 1000)) > 0
