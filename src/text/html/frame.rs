//! The frame of a page: navigation, share bars, footers; known by the names of elements and by their words.

use super::tree::Element;
use crate::text::chars;

/// Parts of an id or class that name a frame.
const FRAME_NAMES: &[&str] = &[
    "nav",
    "menu",
    "crumb",
    "footer",
    "foot",
    "share",
    "sidebar",
    "sider",
    "related",
    "toolbar",
    "login",
    "search",
    "hotword",
    "pagination",
    "comment",
    "banner",
    "qrcode",
    "ewm",
    "copyright",
    "curpage",
    "dqwz",
    "weizhi",
    "location",
    "quickbar",
    "friendlink",
    "wza",
    "print",
    "fontsize",
    "xgwz",
    "xgwj",
    "xgjd",
    "prevnext",
];

/// Ids and classes that name the upper and lower edge of a page.
const OUTER_NAMES: &[&str] = &[
    "header",
    "head",
    "top",
    "topbar",
    "logo",
    "site-header",
    "page-header",
    "bottom",
    "toper",
];

/// Parts of an id or class that name the title.
const TITLE_NAMES: &[&str] = &["title", "biaoti", "headline"];

/// Ids and classes under which sites keep the article, in small letters.
const ARTICLE_NAMES: &[&str] = &[
    "ucap-content",
    "ucapcontent",
    "zoom",
    "zoomcon",
    "trs_editor",
    "trs_ueditor",
    "trs_paper_preview",
    "view",
    "custom_unionstyle",
    "article",
    "article-content",
    "article_content",
    "articlecontent",
    "article-con",
    "article_con",
    "articlecon",
    "content_article",
    "pages_content",
    "b12c",
    "info_cont",
    "infocontent",
    "xxgk_content",
    "xxgk-content",
    "txt_con",
    "txtcon",
    "content",
    "con_text",
    "contenttext",
    "maintext",
    "detail-content",
    "detailcontent",
    "detailcon",
    "news_content",
    "newscontent",
    "fontzoom",
    "bt_content",
    "ivs_content",
    "xl_content",
    "xl-cont",
    "vsb_content",
    "v_news_content",
    "nr",
    "zw",
    "gkml_content",
    "conzt",
];

/// Whether an element's name says that it is frame.
pub(super) fn is_frame_element(element: &Element) -> bool {
    matches!(&*element.name, "nav" | "footer" | "aside")
        || has_name(element, |name| {
            FRAME_NAMES.iter().any(|part| name.contains(part)) || OUTER_NAMES.contains(&name)
        }) && !is_article_element(element)
}

/// Whether an element's name says that it is the title.
pub(super) fn is_title_element(element: &Element) -> bool {
    matches!(&*element.name, "h1" | "h2" | "ucaptitle")
        || has_name(element, |name| {
            TITLE_NAMES.iter().any(|part| name.contains(part))
        })
}

/// Whether an element's id or class is one under which sites keep the article.
pub(super) fn is_article_element(element: &Element) -> bool {
    matches!(&*element.name, "article" | "ucapcontent")
        || has_name(element, |name| ARTICLE_NAMES.contains(&name))
}

fn has_name(element: &Element, fits: impl Fn(&str) -> bool) -> bool {
    ["id", "class"].iter().any(|attr| {
        element.attr(attr).is_some_and(|names| {
            names
                .split_ascii_whitespace()
                .take(16)
                .any(|name| fits(&name.to_ascii_lowercase()))
        })
    })
}

/// Words of share bars and of tools for reading; of these alone a line of the frame is made.
const TOOL_WORDS: &[&str] = &[
    "您的浏览器不支持此功能",
    "微信扫一扫",
    "用微信扫描二维码",
    "分享至好友和朋友圈",
    "分享到朋友圈",
    "扫一扫在手机打开当前页",
    "扫一扫在手机上打开当前页",
    "手机扫一扫打开当前页",
    "用手机打开当前页",
    "扫一扫",
    "下载文字版",
    "下载图片版",
    "下载pdf版",
    "保护视力色",
    "视力保护色",
    "打印本页",
    "打印页面",
    "打印此页",
    "打印",
    "关闭窗口",
    "关闭本页",
    "关闭页面",
    "关闭",
    "返回顶部",
    "返回首页",
    "返回列表",
    "返回",
    "顶部",
    "分享文章到",
    "分享到",
    "分享至",
    "分享",
    "收藏本页",
    "加入收藏",
    "收藏",
    "我要纠错",
    "纠错",
    "语音播报",
    "语言播报",
    "播放语音",
    "朗读",
    "无障碍",
    "长者助手",
    "关爱版",
    "复制链接",
    "复制",
    "浏览字号",
    "字体大小",
    "文字大小",
    "字体",
    "字号",
    "加大",
    "还原",
    "减小",
    "放大",
    "缩小",
    "默认",
    "特大",
    "超大",
    "较大",
    "正常",
    "标准",
    "全屏",
    "下载",
    "微信",
    "新浪微博",
    "腾讯微博",
    "微博",
    "qq空间",
    "qq好友",
    "人人网",
    "浏览次数",
    "浏览量",
    "浏览",
    "阅读次数",
    "阅读量",
    "点击数",
    "点击量",
    "点击次数",
    "访问量",
    "次",
    "取消",
    "更多",
    "大",
    "中",
    "小",
];

/// Words that also stand alone in a text, so that they make no line of the frame by themselves.
const WEAK_WORDS: &[&str] = &[
    "大", "中", "小", "次", "正常", "标准", "默认", "更多", "下载", "还原", "浏览", "取消", "复制",
    "返回",
];

/// How lines begin that are frame wherever they stand.
const FRAME_STARTS: &[&str] = &[
    "当前位置",
    "您的位置",
    "您当前的位置",
    "您现在的位置",
    "你的位置",
    "所在位置",
    "现在位置",
    "当前的位置",
    "上一篇",
    "下一篇",
    "上一条",
    "下一条",
    "上一页",
    "下一页",
    "扫一扫",
    "扫描二维码",
    "扫码",
    "分享到",
    "分享至",
    "打印本页",
    "网站标识码",
    "版权所有",
    "Copyright",
    "copyright",
    "COPYRIGHT",
    "©",
    "浏览次数",
    "浏览量",
    "阅读次数",
    "点击数",
    "访问量",
    "保护视力色",
    "视力保护色",
    "建议使用",
    "最佳浏览",
    "网站地图",
    "关于我们",
];

/// How lines begin that no notice has, sentences or not.
const SURE_STARTS: &[&str] = &[
    "欢迎访问",
    "欢迎光临",
    "您好，欢迎",
    "您是第",
    "您访问的链接即将离开",
    "今天是",
    "当前位置",
    "您现在的位置",
    "扫一扫在手机",
];

/// How lines begin that send to a reading of the notice elsewhere.
const READING_STARTS: &[&str] = &["政策解读", "一图读懂", "图解", "解读", "视频解读"];

/// How lines begin that are frame outside an article.
const OUTER_STARTS: &[&str] = &[
    "主办单位",
    "主办",
    "承办单位",
    "承办",
    "协办",
    "维护",
    "技术支持",
    "地址",
    "邮编",
    "联系电话",
    "网站声明",
    "隐私",
    "使用帮助",
    "联系我们",
];

/// What lines hold that are frame wherever they stand.
const FRAME_MARKS: &[&str] = &["ICP备", "公网安备", "网站标识码", "版权所有"];

/// Whether a line is frame, wherever it stands.
pub(super) fn is_frame_line(line: &str) -> bool {
    let line = chars::trim(line);
    let length = line.chars().take(201).count();
    if length > 200 {
        return false;
    }
    let starts = |starts: &[&str]| starts.iter().any(|start| line.starts_with(start));
    // A sentence that begins so may be the notice's own: 建议使用国产设备。 版权所有者应当……
    let is_sentence =
        line.contains(['。', '；']) || line.contains("版权所有者") || line.contains("版权所有人");
    starts(SURE_STARTS)
        || !is_sentence && starts(FRAME_STARTS)
        || line.contains("http") && starts(READING_STARTS)
        || !is_sentence && length <= 120 && FRAME_MARKS.iter().any(|mark| line.contains(mark))
        || length <= 80 && is_tools(line)
        || line.chars().all(|c| {
            chars::is_space(c) || is_icon(c) || matches!(c, '|' | '｜' | '>' | '»' | '·' | '/')
        })
}

/// Whether a line outside an article is frame.
pub(super) fn is_outer_frame_line(line: &str) -> bool {
    let starts = |starts: &[&str]| starts.iter().any(|start| line.starts_with(start));
    is_frame_line(line) || starts(OUTER_STARTS) || starts(FRAME_STARTS)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() && !is_icon(c)
}

/// A character of an icon font.
fn is_icon(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}')
}

/// A line of nothing but tools: `【字体：大 中 小】 打印 关闭 分享到：`.
fn is_tools(line: &str) -> bool {
    let words: String = line
        .chars()
        .filter(|c| is_word(*c) && !c.is_ascii_digit())
        .map(|c| c.to_ascii_lowercase())
        .collect();
    let (mut rest, mut strong) = (&*words, false);
    while !rest.is_empty() {
        let Some(word) = TOOL_WORDS.iter().find(|word| rest.starts_with(**word)) else {
            return false;
        };
        strong |= !WEAK_WORDS.contains(word);
        rest = rest.get(word.len()..).unwrap_or_default();
    }
    strong || words.starts_with("大中小")
}

/// Headings of what follows an article on its page.
pub(super) fn is_end(line: &str) -> bool {
    let line = line.trim_matches(|c: char| !is_word(c));
    const ENDS: &[&str] = &[
        "相关链接",
        "相关阅读",
        "相关文档",
        "相关稿件",
        "相关文章",
        "相关新闻",
        "相关信息",
        "相关政策",
        "相关解读",
        "政策解读",
        "延伸阅读",
        "热点推荐",
        "推荐阅读",
        "最新文件",
        "解读文章",
        "网友评论",
    ];
    ENDS.contains(&line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_the_frame() {
        #[track_caller]
        fn check(line: &str, is_frame: bool) {
            assert_eq!(is_frame_line(line), is_frame, "{line}");
        }
        for line in [
            "【字体：大 中 小】 打印 关闭 分享到：",
            "【打印】 【字体：大 中 小】    分享到：",
            "字号： 大 中 小",
            "大 中 小",
            "浏览次数：1957",
            "当前位置：首页 > 政务公开 > 通知公告",
            "扫一扫在手机打开当前页",
            "网站标识码：4401000085",
            "某ICP备00000000号-1",
            "某公网安备 00000000000000号",
            "版权所有：某市人民政府",
            "返回顶部 打印页面 关闭本页",
            "\u{e6ea}",
            "| |",
            "政策解读：https://example.gov.cn/1.html",
        ] {
            check(line, true);
        }
        for line in [
            "一、总体要求",
            "大力发展中小企业",
            "2024年1月2日",
            "某市人民政府",
            "打印机采购项目",
            "（此件公开发布）",
            "附件：1.任务分工表",
            "主办单位：某市人民政府",
            "建议使用国产设备。",
            "版权所有者应当依法行使权利",
            "访问量达到规定数量的，应当备案；",
            "下载",
        ] {
            check(line, false);
        }
    }
}
