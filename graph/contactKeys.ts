/** What an asset is found by that has the same telephone number or the same website, however it is written. Properties of an asset; null where it has none. */
export interface ContactKeys {
  readonly telephoneKey: string | null;
  readonly urlKey: string | null;
}

const numberPattern = /\+?\d[\d\s().-]*\d/;
/** Of an address what says how somebody came there, and not where. */
const trackingPattern = /^(?:utm_.*|fbclid|gclid|mc_.*)$/;

/**
 * The keys of what an asset says of itself. Whoever writes `telephone` or `url` of an asset writes these with it. A number is its digits, as dialled in this country, without an extension; an address is its
 * host and path, whether or not it begins with "www". What is no number or no address has no key.
 */
export function contactKeysOf({
  telephone,
  url,
}: {
  readonly telephone: string | null;
  readonly url: string | null;
}): ContactKeys {
  return { telephoneKey: telephoneKeyOf(telephone ?? ""), urlKey: urlKeyOf(url ?? "") };
}

function telephoneKeyOf(telephone: string): string | null {
  const [number = ""] = numberPattern.exec(telephone.replaceAll("(0)", "")) ?? [];
  const digits = number.replace(/^\+/, "00").replace(/\D/g, "");
  // A number of three digits, such as 111, is many services'.
  return digits.length < 5 ? null : digits.replace(/^0044/, "0");
}

function urlKeyOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, hostname, pathname, searchParams } = new URL(url);
  if (!/^https?:$/.test(protocol) || hostname === "") return null;
  const path = pathname.replace(/\/(?:index|default|home)\.(?:html?|php|aspx?)$/i, "/").replace(/\/+$/, "");
  const asked = [...searchParams].filter(([name]) => !trackingPattern.test(name)).map((pair) => pair.join("="));
  const key = `${hostname.replace(/^(?:www|m)\./, "")}${path}`.toLowerCase();
  return asked.length === 0 ? key : `${key}?${asked.sort().join("&")}`;
}
