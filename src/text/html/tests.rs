use std::time::{Duration, Instant};

use super::*;

#[track_caller]
fn check(html: &str, text: &str) {
    assert_eq!(extract(html).text, text, "{html}");
}

#[test]
fn lines() {
    check("", "");
    check("甲", "甲\n");
    check("<p>甲</p><p>乙</p>", "甲\n乙\n");
    check("<div>甲<div>乙</div>丙</div>", "甲\n乙\n丙\n");
    check("甲<br>乙<br/><br>丙", "甲\n乙\n丙\n");
    check("<h1>甲</h1><ul><li>乙<li>丙</ul>", "甲\n乙\n丙\n");
    check("<p>甲<p>乙<p>丙", "甲\n乙\n丙\n");
    check("<pre>甲\n乙</pre>", "甲\n乙\n");
    check("<p>甲</p>\n \n<p> </p><p>&nbsp;</p>乙", "甲\n乙\n");
}

#[test]
fn elements_inside_lines_break_none() {
    check(
        "<p><span>关于做好</span><b>就业</b><i>工作</i>的通知</p>",
        "关于做好就业工作的通知\n",
    );
    check(
        "<p><span>关于做好</span>\n  <span>就业工作的通知</span></p>",
        "关于做好就业工作的通知\n",
    );
    check("<p>2024\n年1月</p>", "2024年1月\n");
    check("<p>GB\n18030</p>", "GB 18030\n");
}

#[test]
fn spaces() {
    check(
        "<p>&nbsp;&nbsp;　　一、总体要求　&nbsp;</p>",
        "一、总体要求\n",
    );
    check("<p>第一条&nbsp;&nbsp;为了</p>", "第一条 为了\n");
    check("<p>第一条　为了</p>", "第一条　为了\n");
    check("<p>甲\u{200b}乙\u{feff}丙&shy;丁</p>", "甲乙丙丁\n");
    check("<p>甲&#8203;乙</p>", "甲乙\n");
}

#[test]
fn what_is_not_shown() {
    check(
        "<p>甲</p><script>乙<p>丙</p></script><style>丁</style>",
        "甲\n",
    );
    check("<p>甲</p><!-- 乙 --><!--丙--!><p>丁</p>", "甲\n丁\n");
    check(
        "<p>甲</p><p style='Display : none'>乙</p><p hidden>丙</p>",
        "甲\n",
    );
    check(
        "<p>甲</p><template><p>乙</p></template><textarea>丙</textarea>",
        "甲\n",
    );
    check(
        "<p>甲</p><select><option>乙</option></select><button>丙</button>",
        "甲\n",
    );
    check("<body style='visibility:hidden'><p>甲</p>", "甲\n");
    // All is hidden until a script shows it: then styles are not believed.
    let prose = "各县人民政府要按照职责分工，认真抓好落实，确保各项任务按期完成，重要情况及时报告市政府办公室。";
    check(
        &format!("<div id=zoom style='display:none'><p>{prose}</p><p>乙</p></div>"),
        &format!("{prose}\n乙\n"),
    );
}

#[test]
fn malformed_markup() {
    check("<p>甲<b>乙<p>丙</b>丁", "甲乙\n丙丁\n");
    check(
        "<table><tr><td>甲<table><tr><td>乙</table>丙</table>",
        "甲\n乙\n丙\n",
    );
    check("甲 < 乙，丙 > 丁", "甲 < 乙，丙 > 丁\n");
    check("<p class='a' class=b id=\"c>甲</p>", "");
    check("<p class=>甲</p><p ='x'>乙</p>", "甲\n乙\n");
    check("</p></div>甲</span><p/>乙", "甲\n乙\n");
    check("<p>甲</p", "甲\n");
    check("<![CDATA[<p>甲</p>]]>", "甲\n]]>\n");
    check("<%@ page %><p>甲 <% if (a > 1) { %>乙</p>", "甲 乙\n");
    check("<p>10 <% 5</p>", "10 <% 5\n");
    check("甲\0乙", "甲乙\n");
}

#[test]
fn tables() {
    let table = "<table><tr><th>序号<th>任务<th>单位</tr><tr><td rowspan=2>1<td><p>完善</p><p>机制</p><td>市财政局</tr>\
        <tr><td>加强<br>调度<td></tr><tr><td colspan=2>合计<td>2</tr></table>";
    let page = extract(&format!("<p>任务如下：</p>{table}<p>特此通知。</p>"));
    assert_eq!(
        page.text,
        "任务如下：\n序号\t任务\t单位\n1\t完善机制\t市财政局\n\t加强调度\n合计\t\t2\n特此通知。\n"
    );
    assert_eq!(page.tables.len(), 1);
    assert!(page.tables[0].slice(&page.text).starts_with("序号"));
    assert!(page.tables[0].slice(&page.text).ends_with("\t2"));
    // A table that lays out the page is none.
    let layout = extract("<table><tr><td><p>甲</p><p>乙</p></td></tr></table>");
    assert_eq!((&*layout.text, layout.tables.len()), ("甲\n乙\n", 0));
}

/// A notice of some length, so that there is an article to find.
const ARTICLE: &str = "<p>各县（市、区）人民政府，市政府各部门：</p><p>为进一步做好就业工作，经市政府同意，现就有关事项通知如下：</p>\
    <p>一、加强组织领导。各地要高度重视就业工作，层层压实责任，确保各项措施落到实处。</p><p>二、强化督促检查。市政府将定期通报进展情况。</p>\
    <p style='text-align:right'>某市人民政府</p><p>2024年3月5日</p><p>（此件公开发布）</p>";

fn article_lines() -> String {
    extract(ARTICLE).text
}

#[test]
fn the_frame_is_left_out() {
    assert_eq!(article_lines().lines().count(), 7);
    let page = format!(
        "<!doctype html><html><head><title>某市人民政府关于做好就业工作的通知_某市人民政府</title></head><body>\
        <div class=topnav><a href=/>首页</a><a href=/zwgk>政务公开</a></div><div class=crumbs>当前位置：<a>首页</a> &gt; <a>文件</a></div>\
        <div class=detail><h1 class=tit>某市人民政府关于做好就业工作的通知</h1>\
        <div class=info>发布日期：2024-03-06 来源：市政府办公室 浏览次数：<span>12</span> 【字体：<a>大</a> <a>中</a> <a>小</a>】 打印</div>\
        <div class=cont>{ARTICLE}</div><div class=tools>【打印】【关闭】 分享到：微信 微博</div>\
        <div>上一篇：<a>某市人民政府关于表彰的决定</a></div><div>相关解读</div><ul><li><a>一图读懂</a></li></ul></div>\
        <div class=footer><p>主办单位：某市人民政府 承办单位：某市人民政府办公室</p><p>网站标识码：0000000000 某ICP备00000000号</p></div></body></html>"
    );
    check(
        &page,
        &format!(
            "发布日期：2024-03-06\n来源：市政府办公室\n某市人民政府关于做好就业工作的通知\n{}",
            article_lines()
        ),
    );
}

#[test]
fn a_title_that_the_article_holds_stands_once() {
    let page = format!(
        "<body><h2>某市人民政府关于做好就业工作的通知</h2><div class=TRS_Editor><p>某市人民政府</p><p>关于做好就业工作的通知</p>{ARTICLE}</div>"
    );
    check(
        &page,
        &format!("某市人民政府\n关于做好就业工作的通知\n{}", article_lines()),
    );
}

#[test]
fn fields_in_a_table() {
    let card = "<table><tr><td><b>索 引 号：</b></td><td>000014349/2024-00001</td><td><b>主题分类：</b></td><td>劳动就业</td></tr>\
        <tr><td>发文机关：</td><td>某市人民政府</td><td>成文日期：</td><td></td></tr><tr><td>标　　题：</td><td colspan=3>关于就业的通知</td></tr>\
        <tr><td>编制部门</td><td>市编办</td><td>文号</td><td>某政发〔2024〕1号</td></tr></table>";
    check(
        &format!("<div>{card}</div><div>{ARTICLE}</div>"),
        &format!(
            "索 引 号：000014349/2024-00001\n主题分类：劳动就业\n发文机关：某市人民政府\n标　　题：关于就业的通知\n编制部门：市编办\n文号：某政发〔2024〕1号\n{}",
            article_lines()
        ),
    );
}

#[test]
fn fields_in_lists() {
    for list in [
        "<dl><dt>索引号：</dt><dd>X/2024-1</dd><dt>文号：</dt><dd></dd><dt>发布机构：</dt><dd>市政府</dd></dl>",
        "<ul><li><label>索引号：</label>X/2024-1</li><li><label>文号：</label></li><li><span>发布机构：</span><em>市政府</em></li></ul>",
        "<p><b>索引号：</b>X/2024-1<b>文号：</b><b>发布机构：</b>市政府</p>",
        "<div><div>索引号：</div><div>X/2024-1</div><div>发布机构：</div><div>市政府</div></div>",
    ] {
        check(
            &format!("<div class=card>{list}</div><div class=content>{ARTICLE}</div>"),
            &format!("索引号：X/2024-1\n发布机构：市政府\n{}", article_lines()),
        );
    }
}

#[test]
fn meta_names() {
    let meta = "<meta name=SiteName content=某市人民政府><meta name=ColumnName content=市政府文件><meta name=ArticleTitle \
        content=某市人民政府关于做好就业工作的通知><meta name=PUBDATE content='2024-03-06 09:00'><meta name=ContentSource content=''>\
        <meta name=Keywords content='就业;通知'><meta name=SiteIDCode content=0000000000>";
    check(
        &format!("<head>{meta}</head><div class=content>{ARTICLE}</div>"),
        &format!(
            "标题：某市人民政府关于做好就业工作的通知\n发布日期：2024-03-06 09:00\n栏目名称：市政府文件\n网站名称：某市人民政府\n关键词：就业;通知\n{}",
            article_lines()
        ),
    );
    // What the page says itself is not said again; where the two differ, the page's own value stands.
    let shown = format!(
        "<head>{meta}</head><div><span>发布时间：2024年3月6日</span><span>来源：市政府办</span></div><h1>某市人民政府关于做好就业工作的通知</h1>\
        <div class=content>{ARTICLE}</div>"
    );
    let page = extract(&shown);
    assert!(
        page.text
            .starts_with("发布时间：2024年3月6日\n来源：市政府办\n栏目名称：市政府文件\n"),
        "{}",
        page.text
    );
    assert_eq!(page.disagreements, []);
    let page = extract(&shown.replace("3月6日", "3月7日"));
    let [odd] = &*page.disagreements else {
        panic!("{:?}", page.disagreements)
    };
    assert_eq!(
        (&*odd.shown, &*odd.hidden),
        ("2024年3月7日", "2024-03-06 09:00")
    );
    assert_eq!(odd.range.slice(&page.text), "发布时间：2024年3月7日");
}

#[test]
fn pictures() {
    let page = extract(&format!(
        "<img src=logo.png><div class=content>{ARTICLE}<p><img src=W020.jpg></p><img src=a.gif width=16><a href=a.pdf><img src=p.gif>附件.pdf</a></div>"
    ));
    assert_eq!(page.pictures, 1);
    assert!(page.text.ends_with("附件.pdf\n"));
}

/// What is read of a hostile page, in time.
#[track_caller]
fn hostile(html: String) -> Page {
    let start = Instant::now();
    let page = extract(&html);
    let took = start.elapsed();
    assert!(
        took < Duration::from_secs(8),
        "{took:?} for {}…",
        &html[..40]
    );
    page
}

#[test]
fn hostile_pages_cost_linear_time() {
    let deep = hostile(format!(
        "{}甲{}",
        "<div>".repeat(100_000),
        "</div>".repeat(100_000)
    ));
    assert_eq!(deep.text, "甲\n");
    assert!(deep.limit.is_some());
    let attributes: String = (0..200_000).map(|n| format!(" a{n}=1")).collect();
    assert_eq!(hostile(format!("<p{attributes}>甲")).text, "甲\n");
    assert_eq!(hostile("<".repeat(2_000_000)).text.len(), 2_000_001);
    hostile("<a".repeat(1_000_000));
    hostile("<%".repeat(1_000_000));
    hostile("<!--".repeat(500_000));
    hostile("</".repeat(1_000_000));
    hostile("<p>甲</p>".repeat(200_000));
    hostile("<table>".repeat(100_000));
    hostile("<table><tr><td>甲".repeat(50_000));
    hostile("<b><p>".repeat(100_000));
    hostile((0..50_000).map(|n| format!("<p><b id={n}>甲")).collect());
    hostile("<a href=x>甲<div>".repeat(50_000));
    hostile("&".repeat(2_000_000));
    hostile("&amp;".repeat(400_000));
    hostile(format!("<p>{}", "：".repeat(500_000)));
    hostile(format!("<p>{}", "来源：".repeat(100_000)));
    hostile(format!(
        "<table><tr>{}",
        "<td colspan=1000 rowspan=1000>甲".repeat(50_000)
    ));
    hostile("<svg><title>".repeat(50_000));
    hostile("<select><option>甲".repeat(50_000));
    hostile("<li>甲".repeat(100_000));
    hostile("<title>".repeat(200_000));
    hostile("<template>甲".repeat(50_000));
    hostile("<frameset>甲".repeat(50_000));
}

#[test]
fn a_short_notice_in_a_large_frame() {
    check(
        "<title>关于做好防汛工作的通知_某县人民政府</title><body><div class='wrapper content'><div class=top><a>首页</a> <a>要闻</a></div>\
        <div class=path><a>首页</a> > <a>公开</a></div><ul><li><a>领导之窗</a><li><a>机构职能</a></ul><div class=right>\
        <div class=bt>某县防汛指挥部关于做好防汛工作的通知</div><div><span>发布时间：2024-06-03 10:20:31</span><span>来源：县应急局</span></div>\
        <div class=txt><div>各乡镇人民政府：</div><div>据气象部门预报，6月5日至7日我县有大到暴雨，请落实防范措施。</div><div>某县防汛指挥部</div>\
        <div>2024年6月3日</div></div><div>附件：<a href=1>1.值班表.docx</a><br><a href=2>2.物资清单.pdf</a></div><div><a>【打印】</a></div>\
        <div><div>相关文章</div><ul><li><a>某县部署防汛工作，强调要压实责任。</a></ul></div></div></div>\
        <div class=bottom><p>版权所有：某县人民政府 地址：某县人民路1号</p><p>网站标识码：0000000000</p></div>",
        "发布时间：2024-06-03 10:20:31\n来源：县应急局\n某县防汛指挥部关于做好防汛工作的通知\n各乡镇人民政府：\n\
        据气象部门预报，6月5日至7日我县有大到暴雨，请落实防范措施。\n某县防汛指挥部\n2024年6月3日\n附件：1.值班表.docx\n2.物资清单.pdf\n",
    );
}

#[test]
fn a_sign_off_in_a_box_of_its_own() {
    check(
        "<body><div id=header><h1>某市发展改革委</h1><p>欢迎访问某市发展改革委网站，今天是2024年6月3日。</p></div><div><div>\
        <ul><li><label>索引号：</label><span>113300/2024-12</span><li><label>公开日期：</label><span>2024-05-20</span></ul>\
        <h2>关于调整居民用气价格的<br>通知</h2><div id=zoom><p>各县（市、区）发展改革局：<p>经研究，自6月1日起，居民天然气价格调整为每立方米3.2元。</div>\
        <div><p>某市发展改革委<p>2024年5月18日</div><div>（此件公开发布）</div><div class=share>分享到： <a>微信</a></div></div></div>\
        <div id=footer>主办：某市发展改革委</div>",
        "索引号：113300/2024-12\n公开日期：2024-05-20\n关于调整居民用气价格的\n通知\n各县（市、区）发展改革局：\n\
        经研究，自6月1日起，居民天然气价格调整为每立方米3.2元。\n某市发展改革委\n2024年5月18日\n（此件公开发布）\n",
    );
}

#[test]
fn a_page_laid_out_by_tables() {
    check(
        "<table><tr><td><table><tr><td><a>首页</a></td><td><a>公开</a></td></tr></table></td></tr></table><table><tr><td><table><tr><td><a>公告</a></td>\
        </tr></table></td><td><table><tr><td><b>某区人民政府关于公布项目清单的通告</b></td></tr><tr><td>日期：2024-01-05　点击：123　来源：区政府</td></tr>\
        <tr><td><p>现将2024年度项目清单予以公布，请有关单位抓紧组织实施。</p><table><tr><td>序号</td><td>项目</td></tr><tr><td>1</td><td>道路工程</td></tr>\
        </table><p>特此通告。</p><p>某区人民政府<br>2024年1月4日</p></td></tr></table></td></tr></table><table><tr><td>Copyright 2024</td></tr></table>",
        "日期：2024-01-05\n来源：区政府\n某区人民政府关于公布项目清单的通告\n现将2024年度项目清单予以公布，请有关单位抓紧组织实施。\n\
        序号\t项目\n1\t道路工程\n特此通告。\n某区人民政府\n2024年1月4日\n",
    );
}
