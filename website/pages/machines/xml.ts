import type { Html } from "../../html.ts";

/** An answer in XML. Made by `html`, what is text in it is escaped as XML has it too. */
export function xml(type: string, content: Html, maxAgeSeconds: number): Response {
  return new Response(`<?xml version="1.0" encoding="UTF-8"?>\n${content.toString()}\n`, {
    headers: {
      "content-type": `${type}; charset=utf-8`,
      "cache-control": `public, max-age=${maxAgeSeconds}`,
    },
  });
}
