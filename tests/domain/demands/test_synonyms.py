"""The table of terms that mean the same."""

from qingzhuang.domain.demands.synonyms import demand_synonyms
from qingzhuang.engines.similar import similarity
from qingzhuang.engines.similar.forms import Forms


def test_demand_synonyms_can_be_handed_to_the_engine():
    assert Forms(demand_synonyms()).form("呈报清册") == Forms(demand_synonyms()).form("上報臺賬")


def test_demand_synonyms_are_many_and_each_group_has_two_terms_or_more():
    groups = demand_synonyms()
    assert len(groups) >= 150
    assert [group for group in groups if len(group) < 2] == []


def test_demand_synonyms_no_term_stands_twice():
    terms = [term for group in demand_synonyms() for term in group]
    assert sorted(terms) == sorted(set(terms))


def test_demand_synonyms_say_the_same_in_whole_sentences():
    groups = demand_synonyms()
    same = [
        ("关于上报农村人居环境整治台账的通知", "关于报送人居环境清册的通知"),
        ("各乡镇低保对象入户照片", "各镇街最低生活保障对象走访影像"),
        ("城乡居民基本医疗保险参保人数", "医保参保人数"),
        ("新农合征缴进度", "城乡居民医保缴费进度"),
        ("汇总报告低保户台账", "打包上报低保户清册"),
        ("县人力资源和社会保障局第三季度总结", "县人社局三季度工作总结"),
    ]
    assert [pair for pair in same if similarity(*pair, synonyms=groups) < 0.95] == []


def test_demand_synonyms_keep_apart_what_the_rules_tell_apart():
    groups = demand_synonyms()
    apart = [
        ("督查", "检查"),
        ("检查", "考核"),
        ("通知", "通报"),
        ("月报表", "年报表"),
        ("第三方评估", "评估"),
        ("上半年", "下半年"),
    ]
    assert [pair for pair in apart if similarity(*pair, synonyms=groups) == 1] == []
