"""Words that are there and yet ask for nothing: forbidden, quoted, ended, told of, asked about, or meant for an emergency.

A notice that says 不得要求上传截图 has the words and not the fault. `Excuses` reads the sentence around a match the way a
careful reader does: which clause a prohibition governs and where it ends, what stands in a title or is told of others,
and what a list inherits from the line above it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from qingzhuang.engines.rules import Within


class Excuse(StrEnum):
    """Why words at a place are no fault."""

    FORBIDDEN = "forbidden"
    """The text itself forbids, stops or does away with it."""
    QUOTED = "quoted"
    """It stands in the title of a document."""
    ENDED = "ended"
    """It is told of the past, and is over."""
    TOLD = "told"
    """It is reported, complained of, asked about or defined."""
    EMERGENCY = "emergency"
    """An emergency is under way."""


@dataclass(frozen=True)
class _Span:
    start: int
    end: int
    excuse: Excuse


# A strict demand in the form of a negation: 不得少于三张, 不得漏签. These govern nothing.
_STRICT = re.compile(
    r"不得不|不能不|不可不|无不|不得(?:有误|有任何|延误|耽误|推诿|推脱|推托|推辞|敷衍|应付|马虎|含糊|懈怠|拖延|拖拉|拖欠|逾期|超期|超时|过期|迟于|晚于|迟报|晚报|迟到|早退|缺席|缺勤|缺报|缺项|缺失|缺漏|缺少"
    r"|漏|少于|低于|小于|短于|不|空|留空|空白|遗漏|隐瞒|瞒报|弄虚作假|造假|作假|虚报|失联|关机|静音|屏蔽|免打扰|退群|退出|离群|离岗|脱岗|空岗|请假|代签|代替|代打|替代|替|补签|补录|无故|无正当|(?:擅自|私自)(?:离|退|脱|缺|变更|更改|改|不|取消|外出|召回|关|停|请假|中断|降低|减|删|推|拒|处)|随意更改|随意变更|随意退"
    r"|以任何(?:理由|借口|形式|方式)(?:推|拒|拖|不)|以[^，。；]{0,12}(?:为由|为借口)[^，。；]{0,4}(?:推|拒|拖|不|缺|请假|逃|延|迟|免|搪塞|敷衍|回避|脱|离|关)|拒|折扣|打折扣|讨价还价|出现(?:空|漏|缺|遗漏|空白|盲区|死角|一人|一户|断)|有(?:空|漏|缺|遗漏|死角|盲区)|留(?:死角|盲区|空白)|中断|断档|间断|断签|断更"
    r"|重复使用|使用(?:旧|往年)|复制|照搬|抄袭|摆拍|后补|事后补|涂改|雷同|转交|委托他人|低|晚|迟|超过(?:今|当|明|次|本|[0-9一二三四五六七八九十两]+(?:日|号|时|点|分钟|小时|个?工作日|天|月[0-9一二三四五六七八九十]+)))"
    r"|(?:严禁|禁止|杜绝|防止|避免|不准|不许|不允许|不能|切勿|切忌|谨防)(?:出现)?(?:任何)?(?:漏|缺|迟|晚|瞒|虚报|弄虚作假|造假|作假|代签|代打|替|不|无故|遗漏|空|拖延|拖拉|推诿|敷衍|应付|失联|关机|静音|摆拍|擅自|私自|拒|延误|逾期|超时|断|网图|复制|雷同|旧照|盗图|一图多用|屏蔽|退群)"
    r"|(?:别|不要|勿|切勿)(?:再)?(?:忘|漏|断|落下|落了|拖|迟|晚|关机|静音|掉队|掉链|耽误|装没看见|嫌|偷懒)|缺一不可|不等不靠|不可或缺|必不可少|不可缺少|不落一|不漏一|不少一|一个(?:都|也)不能少|一个不少|不放过|不留(?:死角|空白|盲区)|不合格|不及时|不到位|不重视|不力|不按时|不按要求|不折不扣|不折扣|不打折扣|不满意|不达标|不足|不良"
)
# A condition on whoever does not comply (未上传照片的): the negation belongs to the threat, not to the demand.
_UNLESS = re.compile(
    r"(?:未|没有?|不|无|缺|少|漏|拒不?|逾期|迟|晚|超)[^，。；：！？\n]{0,24}(?:的(?:人员|单位|村|镇|乡镇|街道|社区|学校|部门|支部|站所|科室|窗口|班级|农户|住户|教师|队员|干部|同志|个人|党员|村干部|网格员)?(?:[，、]|$|一律|将|视为|按|扣|予以|不得|不予|取消|均|由|每|要|直接|通报|当|年|不能|不|不算|算|作|记)|者)|(?:未|没有|缺|少|漏|逾期)[^，。；：！？\n]{0,12}，?(?:即|就|一律)?(?:视为|视同|视作)"
)
_NEGATORS = re.compile(
    r"(?:一律|均|也|都|决|绝|坚决|原则上|今后|以后|从此|同时|更|并|且|再|切实|着力|坚持|要|应当?|须|必须|一般)?"
    r"(?:不得|严禁|禁止|杜绝|不准|不许|不允许|不允|不可以?|不能够?|不应当?|不该|不宜|切忌|切勿|请勿|勿|莫(?!过于|大|名)|(?<![分特个级类性区识判辨差鉴告离错])别(?!的|人|称|名|处|家|样|具|墅|急|忘|漏|落|迟|晚|拖|误|耽误|等|掉队|怪|说没|走开|错过|偷懒|磨蹭)再?|防止|避免|谨防|力戒|严防|摒弃|克服"
    r"|不再|再不|不要|不用|不必|不需要?|不须|无需|无须|毋需|毋须|毋得|毋庸|免于|免去|免除|免予|免(?:交|报|签|填|拍|打卡|于)|豁免"
    r"|不搞|不设|不以|不将|不把|不凭|不靠|不看|不按|不用于|不与|不和|不跟|不作|不列|不纳入|不实行|不采取|不采用|不开展|不组织|不安排|不要求|不强制|不强求|不强行|不强迫|不提倡|不鼓励|不主张|不支持|不硬性|不统一要求|不另行?|不层层|不随意|不简单|不单纯|不单独|不予|不向|不让|不派|不发|不建|不新建|不新设|不收|不查|不抽调|不借调|不签|不拍|不打|不增加|不额外|不组建|不成立|不采|不公布|不点名|不排队|不排座次|不统计|不晒|不催|不下达|不分解|不摊派|不通报|不排名|不排序|不评比|不考核|不计入|不计分|不扣分|不影响"
    r"|没有(?:要求|设置|设立|安排|规定|必要)|未(?:要求|设置|设立|安排|强制|再|将|以)|谢绝|拒绝(?![^，。；]{0,14}承诺|有偿|毒|酒|赌|腐|黄|邪|放人|执行|参加|签|配合|接受|提供|整改|履行)|抵制|反对|纠正|纠治|取消(?!.{0,12}(?:资格|评优|评先|称号|补贴|奖励|绩效|荣誉|名额|荐))|叫停|停止|停用|终止|废止|废除|摘掉|制止|遏制|狠刹|刹住|破除|不以任何(?:形式|方式)|非必要不|无权|不存在|(?:整治|治理|清理|清退|取缔|减少|压减|精简|严控|严格控制|从严控制|控制|规范|查处|严肃处理|解决|防范|防治|撤销|撤下|撤掉|解散|拆掉|停掉|停发|停办|关闭)(?=[^。；，\n]{0,40}(?:做法|行为|现象|问题|乱象|要求|频次|次数|事项|留痕|痕迹|负担|形式主义|不良|过度|过多|过滥|滥|泛化|层层|僵尸|工作群|微信群|模块|功能|榜|[0-9]+[余多]?[项款种条处]|任务[0-9]|任务群|指标|排名|榜|率)))"
)
# What begins anew within a sentence: a clause that demands on its own is not governed by the prohibition before it.
_RESTART = re.compile(
    r"^(?:但|但是|同时|此外|另|另外|而是|而应|并|并且|且|同样|对|各|请|凡|其中|确需|确有|如|若|因|经|由|今后|下一步|每)?[^不无未勿莫]{0,14}?"
    r"(?:必须|务必|务请|须|应当|应该|应于|应在|应将|应按|应(?!对|用|急|付|届)|需要?(?!求)|(?<![索主重首纪摘概提])要(?!求|素|点|件|闻)|请(?!示|假|客|求)|一律(?!不|禁|取消|停)|全部|均(?!不)|统一|确保|按时|及时|于[0-9]|在[0-9]|每[日天周月人户村次])"
)
_POST = re.compile(
    r"(?:(?:的|等)?(?:做法|要求|规定|行为|现象|问题|方式|任务|项目|事项|内容|指标|考核|制度|形式|数量|环节|材料|资料|不良风气|陋习|倾向|群|表|台账|模式|硬性要求)?(?:，)?(?:已经?|要|应当?|一律|全部|均|都|坚决|予以|必须|全面|现已|现|正式|及时|立即|逐步|即日起|从即日起|从今[天日年]起|统统|将|被|也|可|再|统一)*"
    r"(?:取消(?!.{0,12}(?:资格|评优|评先|称号|补贴|奖励|绩效|荣誉|名额|荐))|叫停|停止|停用|停发(?!.{0,8}(?:补|绩效|工资|津贴|报酬|奖|经费))|停下来|停掉|不许再|不公布|不通报|下线|废止|禁止|制止|纠正|(?:已经?|予以|责令其?|得到|正在|现已|被|全部|完成了)整改|整改(?=完毕|了)|作废|杜绝|清理|清退|取缔|摒弃|不得再|不再|予以纠正|拨乱反正|违反|属于违规|违规|不合规|不符合(?!的)|不允许|不得要求|不得作为|不作为|不能作为|不得用作|不得列入|不得纳入|不纳入|不列入|不得与|不与|不计入|不计分|不作要求|不做要求|不得替代|不能替代|不能代替|不得代替|不是目的|(?<!判为)(?<!记为)(?<!视为)(?<!定为)(?<!认定)无效|免予|免于|免除|删除|剔除|删去|予以删除|不存在|可拒绝|可以拒绝|有权拒绝|一票不|不搞|不影响|不得强制|不作强制|不强制|不硬性|不得再))"
)
_COMPLAINT = re.compile(
    r"有[一-龥]{0,4}(?:干部|书记|主任|村民|群众|教师|网格员)(?:说|讲|感叹|表示|直言|苦笑)|反映(?![^。；]{0,20}(?:查属实|查证属实|查实|核实)[^。；]{0,8}的)|反应强烈|坦言|抱怨|吐槽|诉苦|苦不堪言|叫苦|举报|投诉|(?<![将会要])被(?:通报|约谈|问责|查处)|(?:通报批评|约谈|批评|问责)了|心烦|忙坏了?|白折腾|作出检讨|(?<!一律)(?<![将以])责令(?!.{0,4}(?:重|补|返工|检讨|说明|作出))|立行立改|已整改|完成整改|典型问题|(?:通报|曝光|警示|反面|负面|查处|违规|违纪)[^。；\n]{0,16}典型|典型案例(?=[：（一二三四])|形式主义|官僚主义|痕迹主义|加重(?:了)?基层负担|增加(?:了)?基层负担|负担(?:过)?重|不堪重负|疲于应付|照样(?:认|发|领|办|给|算|予)|(?:没有?|未|不)[^，。；]{0,10}的，(?:也|都)?(?:不影响|不扣|不追|不问|不算违纪|照|同样|一样)|减负(?:工作)?(?:考核|专项|分|测评|评价)|扣(?:减)?(?:责任|主办|牵头|主管|相关|该)?部门|怨声载道|经查(?!询|验|找|看)|经核实|(?:巡察|督查|检查|调研|审计|暗访)组(?:指出|发现)|问题线索|自查自纠|(?<!公开)(?<![将以内])曝光(?!台|栏)|"
    r"(?<!不得)(?<!不允许)(?<!不准)(?<!不许)(?:存在|(?<![若如再凡旦])出现|(?<![未时])发现(?!的|问题)|查出|暴露|梳理出|指出)[^。；！？\n]{0,60}(?:问题|现象|情况|行为|做法|苗头|倾向)(?!的[，、村单人]|清单|台账|整改|线索)|(?:检查|督查|暗访|核查|抽查|走访)[^。；，]{0,4}发现，?某|(?:问题|现象|做法)[^。；！？\n]{0,10}(?:突出|依然存在|时有发生|屡禁不止|值得警惕|不容忽视|较为普遍)|有的(?:地方|单位|部门|乡镇|村|干部|股室|科室|地区|局|镇|县)|个别(?:地方|单位|部门|乡镇|村|干部)|一些(?:地方|单位|部门|乡镇|村|干部)"
)
_QUESTION = re.compile(
    r"是否|有无|有没有|是不是|会不会|能否|可否|[吗呢么]？|？$|^您|你(?:所在|单位|村|镇)[^。]{0,30}？|您(?:所在|认为|觉得|是)[^。\n]{0,60}(?:吗|是否|有没有|有无|过|？)|问卷(?:[：（]|第?[0-9一二三四五六七八九十]+[、.题]|题|$|\n)|选择题|多选|单选"
)
_DEFINED = re.compile(
    r"(?:本(?:办法|规定|意见|通知|细则|条例)|所)[^。；\n]{0,6}(?:所称|称|谓)|是指|指的是|系指|的定义|是一种|一词(?:源|来|出|指|是|最)"
)
_PAST = re.compile(
    r"过去|以前|以往|从前|昔日|旧日|前年|原先|原来|原本|先前|此前|之前(?!报|完成|上|提交|将|发|交)|往年|前几年|早些年|前些年|去年|上一?年度|曾经?(?!任)|一度|那时|当时|当初|历史上|多年来|长期以来|动辄|动不动"
)
_CHANGED = re.compile(
    r"如今|现在|现已|而今|今年(?:起|以来|开始)|目前|眼下|不再|取消|撤下|撤销|停用|停发|改为|改成|变为|变成|转为|压缩(?:到|至|为)|减(?:到|至|为|少)|下降|清理|停止|叫停|废止|废除|告别|终结|整改|解散|一去不复返|成为历史|免去|没有了|少了|被叫停|得到纠正|不用再?|无需|受到(?:处分|处理|批评|问责)|被(?:通报|处分|约谈|问责|查处|责令)|引发|遭到|导致|苦|累"
)
_DEMANDS = re.compile(r"必须|务必|须|请|一律|不得|现要求|现将|今后|即日起|将(?:按|予以|对|在|把)|[要应](?!求|用|急)")
_ENDED_LATER = re.compile(
    r"不许再|不准再|叫停|取消|撤下|撤销|停用|停发|停办|如今|而今|不再|改为|改由|换了|关掉|废止|整改|制止|翻篇|定了规矩|立下规矩|拔掉|砍掉|减到|注销"
)
_EMERGENCY = re.compile(
    r"应急响应|强降雨|(?:启动|进入|提升|转入).{0,12}响应|抢险|救援(?![大支总中]队|局|站|机构)|救灾|抗震|震后|地震(?!局|台|科普|演练|知识)|抗洪|洪水|洪峰|山洪|内涝|溃[堤坝]|决[口堤]|泥石流|滑坡|险情|灾情|汛情|疫情(?:处置|暴发|爆发|突发|流调|应急|扩散)?|台风|暴雨(?:红色|橙色|黄色|预警)?|暴雪|冰冻雨雪|寒潮|雨雪冰冻|山火|(?<!防范)(?<!预防)(?<!防止)(?<!森林)(?<!草原)(?<!防)火灾(?!隐患|防控|防范|预防|风险|安全)|火灾(?:扑救|现场|发生[后时])|火情|扑救|扑火|明火|突发(?:事件|公共卫生|事故|环境|疫情|灾害|山洪|险情|地质|舆情)|爆炸|泄漏|塌方|坍塌|遇险|失踪|(?<!视为)(?<!视同)(?<!视作)失联|被困|人员伤亡|伤亡|紧急(?:避险|转移|撤离|情况|救援|状态|处置)|转移避险|撤离群众|转移群众|防汛(?:应急|值守|值班|抗旱应急|期间|救灾|抢险|紧急)|主汛期|超警戒|警戒水位|特大事故|重大事故|事故(?:救援|处置|现场|发生后)|应急(?:处置|状态|救援|值守|抢险)|战时"
)
_DRILL = re.compile(r"演练|宣传|预案编制|培训|知识竞赛|科普|宣教|常态化")
_NO_EMERGENCY = re.compile(
    r"非紧急|非应急|无突发|没有(?:突发|险情|灾情)|未(?:发生|启动)|不属于(?:突发|紧急|应急)|(?:突发|应急|紧急)[^，。]{0,10}除外|除(?:突发|应急|紧急|抢险|防汛|安全)"
)

_LEAD = re.compile(
    r"(?:严禁|不得|禁止|不准|不允许|杜绝|防止|避免|坚决(?:纠正|防止|杜绝|反对)|整治|纠治|纠正|清理|取消|停止|负面清单|十不准|五不准|不得有|以下(?:问题|情形|行为|现象|做法)|下列(?:问题|情形|行为|现象|做法)|问题(?:表现)?(?:有|如下|包括|主要是)|存在的(?:主要|突出)?问题|举报(?:内容|范围)|受理范围|反映(?:如下|以下))[^。；]{0,40}：$"
)
_PROBLEM_HEADING = re.compile(
    r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|第[一二三四五六七八九十]+[章条部]|[0-9]+[.、])[^。；，：]{0,14}(?:存在(?:的)?(?:主要|突出)?问题|问题清单|负面清单|禁止(?:性)?(?:行为|情形|事项)|严禁(?:行为|情形|事项)?|整治(?:重点|内容|范围)|排查(?:重点|内容|范围)|举报(?:范围|内容)|受理范围|问题表现|主要表现)[^。；，：]{0,8}(?:[。：]|$)"
)
_HEADING = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|第[一二三四五六七八九十]+[章部])")
_ITEM = re.compile(r"^(?:（?[一二三四五六七八九十0-9]+[）、.．]|[①-⑳]|[一二三四五六七八九十]是|[-·•●◆*])")
_CLAUSE = re.compile(r"[^，：、]+[，：、]?")
_TITLE = re.compile(r"《[^《》]*》")
_QUOTE = re.compile(r"“[^“”]*”")
_SAID = re.compile(
    r"(?:反映|坦言|抱怨|吐槽|诉苦|说|表示|称|问|质疑|举报|投诉|自嘲|调侃|顺口溜|俗称|所谓|戏称|标榜)[^“”，。]{0,6}[：，]?$"
)
_ASKED_ABOUT = re.compile(
    r"线索(?:征集|举报)|征集[^。]{0,20}(?:线索|问题)|举报(?:公告|须知|渠道|指南)|调查问卷|问卷调查|测评问卷|访谈提纲"
)
_SENTENCE_END = re.compile(r"[。；！？\n]")


class Excuses:
    """The excuses of every place of one folded text, found sentence by sentence when asked for."""

    def __init__(self, text: str, *, emergency: bool = False) -> None:
        """Keep `text` (folded; paragraphs end in a line feed); `emergency` says that one is declared for the whole."""
        self._text = text
        self._declared = emergency
        self._sentences: dict[int, list[_Span]] = {}

    @cached_property
    def sentence_ends(self) -> list[int]:
        """Where each sentence of the text ends, in order; the last is the text's own end."""
        ends = [found.end() for found in _SENTENCE_END.finditer(self._text)]
        return ends if ends and ends[-1] == len(self._text) else [*ends, len(self._text)]

    @cached_property
    def _breaks(self) -> list[int]:
        return [found.end() for found in re.finditer("\n", self._text)]

    def around(self, within: Within, offset: int) -> tuple[int, int]:
        """Return the sentence, paragraph or whole text around `offset`."""
        if within is Within.TEXT:
            return 0, len(self._text)
        ends = self.sentence_ends if within is Within.SENTENCE else self._breaks
        at = bisect_right(ends, offset)
        return ends[at - 1] if at else 0, ends[at] if at < len(ends) else len(self._text)

    def spans(self, sentence: int) -> list[tuple[int, int, Excuse]]:
        """Return the excused spans of the sentence of that index, as offsets in it."""
        first, last = self.sentence_ends[sentence - 1] if sentence else 0, self.sentence_ends[sentence]
        return [(span.start - first, span.end - first, span.excuse) for span in self._of_sentence(first, last)]

    def of(self, start: int, end: int) -> set[Excuse]:
        """Return the excuses of the words from `start` to `end`."""
        first, last = self.around(Within.SENTENCE, start)
        middle = (start + min(end, last)) // 2
        found = {
            s.excuse
            for s in self._of_sentence(first, last)
            if s.start <= middle < s.end or (s.start <= start and end <= s.end)
        }
        if self._declared or self.emergency:
            found.add(Excuse.EMERGENCY)
        return found

    def _of_sentence(self, first: int, last: int) -> list[_Span]:
        if first not in self._sentences:
            self._sentences[first] = list(self._read(first, last))
        return self._sentences[first]

    @cached_property
    def _of_the_notice(self) -> set[Excuse]:
        """A call for clues or a questionnaire lists what it asks about, and asks for none of it."""
        return {Excuse.TOLD} if _ASKED_ABOUT.search(self._text[:120].split("。")[0]) else set()

    @cached_property
    def emergency(self) -> bool:
        """Whether the head of the text says that an emergency is under way."""
        head = self._text[:240]
        return bool(_EMERGENCY.search(head)) and not _NO_EMERGENCY.search(head) and not _DRILL.search(head)

    def _read(self, first: int, last: int) -> Iterator[_Span]:
        sentence = self._text[first:last]
        for title in _TITLE.finditer(sentence):
            yield _Span(first + title.start(), first + title.end(), Excuse.QUOTED)
        for quote in _QUOTE.finditer(sentence):
            if _SAID.search(sentence[: quote.start()]):
                yield _Span(first + quote.start(), first + quote.end(), Excuse.TOLD)
        yield from (_Span(first + a, first + b, Excuse.FORBIDDEN) for a, b in _forbidden(sentence))
        whole = set(self._whole(first, sentence)) | self._inherited(first) | self._of_the_notice
        yield from (_Span(first, last, excuse) for excuse in whole)

    def _whole(self, first: int, sentence: str) -> Iterator[Excuse]:
        if _COMPLAINT.search(sentence) or _QUESTION.search(sentence) or _DEFINED.search(sentence):
            yield Excuse.TOLD
        past = _PAST.search(sentence)
        if past and (_CHANGED.search(sentence, past.end()) or self._changed_after(first, sentence)):
            yield Excuse.ENDED
        if _EMERGENCY.search(sentence) and not _NO_EMERGENCY.search(sentence) and not _DRILL.search(sentence):
            yield Excuse.EMERGENCY

    def _changed_after(self, first: int, sentence: str) -> bool:
        """Tell whether a sentence that tells of the past and demands nothing is followed, in its paragraph, by what ended it."""
        if _DEMANDS.search(sentence):
            return False
        _, end = self.around(Within.PARAGRAPH, first)
        return bool(_ENDED_LATER.search(self._text, first + len(sentence), min(end, first + len(sentence) + 160)))

    def _inherited(self, first: int) -> set[Excuse]:
        """Return what the line above a list, or the heading of a section, says of the sentence that begins at `first`."""
        start, _ = self.around(Within.PARAGRAPH, first)
        led = self._lead(self._text[start:first])
        if led:
            return led
        item = _ITEM.match(self._text[start : start + 8])
        while start:
            above = self._text[:start].rstrip("\n").rfind("\n") + 1
            line = self._text[above:start].strip()
            if item and not _ITEM.match(line):
                found = self._lead(line)
                if found:
                    return found
                item = None
            if _HEADING.match(line) and len(line) <= 40:
                return {Excuse.TOLD} if _PROBLEM_HEADING.match(line) else set()
            start = above
        return set()

    @staticmethod
    def _lead(before: str) -> set[Excuse]:
        """Return what a lead-in at the end of `before`, or before the items that follow it there, says of a list."""
        for sentence in re.split(r"(?<=[。！？])", before):
            head = sentence[: sentence.rfind("：") + 1]
            if head and _LEAD.search(head):
                return {Excuse.FORBIDDEN}
        return set()


def _forbidden(sentence: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of `sentence` that a prohibition governs."""
    masked = _UNLESS.sub(_blank, _STRICT.sub(_blank, sentence))
    threatened = bool(_UNLESS.search(sentence))
    since: int | None = None
    for clause in _CLAUSE.finditer(masked):
        negator = _NEGATORS.search(masked, clause.start())
        if negator and negator.start() >= clause.end():
            negator = None
        listed = masked[: clause.start()].endswith("、")
        if since is not None and not negator and not listed and _RESTART.match(clause[0]):
            yield since, clause.start()
            since = None
        if negator and since is None:
            since = negator.start()
    if since is not None:
        yield since, len(sentence)
    if not threatened:
        begin = 0
        for post in _POST.finditer(masked):
            yield begin, post.end()


def _blank(found: re.Match[str]) -> str:
    return "□" * len(found[0])
