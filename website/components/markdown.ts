import type { Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { type Content, type Html, html } from "../html.ts";
import { webAddress } from "./webAddress.ts";

/** Nobody writes deeper than this who wants to be read; what lies deeper is left out. */
const deepest = 12;

/**
 * What somebody wrote in Markdown, of our own markup alone: paragraphs, lists, emphasis and links to pages of the web. Headings become paragraphs, since those of the page are ours;
 * HTML in it is shown as it was written. Throws nothing.
 */
export function markdown(text: string): Html {
  return html`${shown(fromMarkdown(text), 0)}`;
}

function shown(node: Nodes, depth: number): Content {
  if (depth > deepest) return null;
  const inside = "children" in node ? node.children.map((child) => shown(child, depth + 1)) : null;
  switch (node.type) {
    case "root":
      return inside;
    case "text":
    case "inlineCode":
      return node.value;
    case "html":
    case "code":
      return depth === 1 ? html`<p class="govuk-body">${node.value}</p>` : node.value;
    case "paragraph":
      return html`<p class="govuk-body">${inside}</p>`;
    case "heading":
      return html`<p class="govuk-body govuk-!-font-weight-bold">${inside}</p>`;
    case "list":
      return node.ordered === true
        ? html`<ol class="govuk-list govuk-list--number">
            ${inside}
          </ol>`
        : html`<ul class="govuk-list govuk-list--bullet">
            ${inside}
          </ul>`;
    case "listItem":
      // A paragraph for each short line would pull the list apart.
      return html`<li>
        ${node.children.map((child) => (child.type === "paragraph" ? child.children.map((one) => shown(one, depth + 2)) : shown(child, depth + 1)))}
      </li>`;
    case "strong":
      return html`<strong>${inside}</strong>`;
    case "emphasis":
      return html`<em>${inside}</em>`;
    case "break":
      return html`<br />`;
    case "link": {
      const url = webAddress(node.url);
      return url === null ? inside : html`<a class="govuk-link" href="${url.href}" rel="nofollow">${inside}</a>`;
    }
    case "image":
      return node.alt ?? null;
    default:
      return inside;
  }
}
