"""Texts that say the same: the nearest to a new one among a million short Chinese texts, in a folder that is kept up to date.

Method. Every text is brought to one form: half width, lower case, simplified characters, numbers in digits (三百, ３００ and
300; 二〇二六年 and 2026年), punctuation left out, terms of one meaning exchanged for the shortest of them (the groups are handed
in). Tantivy finds the 200 entries that share the rarest pairs of neighbouring symbols (BM25: Robertson, Zaragoza 2009, "The
probabilistic relevance framework"; pairs instead of words for Chinese: Nie, Gao, Zhang, Zhou 2000, "On the use of words and
n-grams for Chinese information retrieval"). Commoner pairs are not looked up once 200,000 postings would be read. The 200 are
ranked by a measure of their own (`measure`): what both have of symbols, weighed by how rare these are, then of pairs and order.
An embedding model of the user's may have half a say in the order of the first 32; it is named by a folder, or handed in as
a callable.

Cost. A search at a million entries takes about 5 ms, an entry changed and committed about 15, opening 0.2 s, since every
file is checked. A million entries of 20 characters are written in a minute and take 120 MB on disk and, to be searched, 0.3 GiB
of memory in all.

>>> import tempfile
>>> from qingzhuang.engines.similar import open_index
>>> folder = tempfile.TemporaryDirectory()
>>> with open_index(folder.name, synonyms=[["上报", "报送"], ["台账", "清册"]]) as index:
...     index.add("1", "关于上报2026年第三季度人居环境整治台账的通知")
...     index.add("2", "关于上报2026年第四季度人居环境整治台账的通知")
...     index.add("3", "脱贫户人均纯收入（元）")
>>> with open_index(folder.name, synonyms=[["上报", "报送"], ["台账", "清册"]]) as index:
...     [(match.key, round(match.score, 2)) for match in index.nearest("報送二〇二六年三季度人居環境整治清冊", k=2)]
[('1', 0.86), ('2', 0.78)]
>>> folder.cleanup()

It does not understand: what is said in quite other words, and stands in no group handed in, is found only as far as characters
agree, with a model too, since a model only orders what was found. It does not search by vectors, tell words apart, correct
spelling, or say from which score on two texts are the same. Scores are of one index at one time; they move a little as it grows.
"""

from qingzhuang.engines.similar.compare import Match, similarity
from qingzhuang.engines.similar.encoder import Encoder, encoder_of
from qingzhuang.engines.similar.index import Index, open_index

__all__ = ["Encoder", "Index", "Match", "encoder_of", "open_index", "similarity"]
