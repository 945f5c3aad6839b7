/** Those that calendars write; `&amp;` last, so that what it makes is not read once more. */
const entities: readonly (readonly [RegExp, string])[] = [
  [/&nbsp;|&#160;|&#xa0;/gi, " "],
  [/&lt;|&#60;/gi, "<"],
  [/&gt;|&#62;/gi, ">"],
  [/&quot;|&#34;/gi, '"'],
  [/&apos;|&#0?39;|&#x27;/gi, "'"],
  [/&rsquo;|&#8217;/gi, "’"],
  [/&lsquo;|&#8216;/gi, "‘"],
  [/&ldquo;|&#8220;/gi, "“"],
  [/&rdquo;|&#8221;/gi, "”"],
  [/&ndash;|&#8211;/gi, "–"],
  [/&mdash;|&#8212;/gi, "—"],
  [/&hellip;|&#8230;/gi, "…"],
  [/&pound;|&#163;/gi, "£"],
  [/&amp;|&#38;/gi, "&"],
];

const htmlTag =
  /<\/?(?:a|b|br|div|em|font|h[1-6]|hr|html-blob|i|img|li|ol|p|pre|span|strong|table|td|tr|u|ul)\b[^>]*>/i;

/**
 * What a calendar's text says, as text: Google writes HTML into descriptions, Outlook a link in angle brackets. Whatever becomes of it, it holds nothing
 * that a browser would take for a tag, since our descriptions are shown as Markdown, in which a tag may be one.
 */
export function plainTextOf(written: string): string {
  const isHtml = htmlTag.test(written);
  const linked = written
    .replace(/<((?:https?:\/\/|mailto:)[^<>\s]+)>/gi, " $1 ")
    .replace(/<a\s[^>]*href="([^"]*)"[^>]*>(.*?)<\/a>/gis, (_, address: string, text: string) =>
      text.includes(address) || !/^https?:/i.test(address) ? text : `${text} (${address})`,
    );
  // In HTML a line ends where a tag says so, and in a text where it does.
  const untagged = isHtml
    ? linked
        .replace(/<br\b[^>]*>|<\/(?:p|div|h[1-6]|tr|ul|ol)>/gi, "\n")
        .replace(/<li\b[^>]*>/gi, "\n- ")
        .replace(/<\/?[a-z!][^>]*>/gi, "")
    : linked;
  const decoded = isHtml
    ? entities.reduce((text, [entity, character]) => text.replace(entity, character), untagged)
    : untagged;
  return decoded
    .replace(/<(?=[a-z/!?])/gi, "< ")
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}
