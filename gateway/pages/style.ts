import { createHash } from "node:crypto";

/** How pages look, on screens from 320 pixels wide and on paper. In the page itself, so that one that is saved or sent on stays as it is. */
export const style = `
*, ::before, ::after { box-sizing: border-box }
body { margin: 0; color: #0b0c0c; background: #fff; font: 1.1875rem/1.4 Arial, Helvetica, sans-serif; overflow-wrap: anywhere }
.width { max-width: 46rem; margin: 0 auto; padding: 0 1rem }
header { color: #fff; background: #14403d }
header p { margin: 0; padding: .75rem 0; font-weight: bold }
header a { color: #fff }
main { padding: .5rem 0 2rem }
footer { border-top: 2px solid #14403d; background: #f3f2f1; padding: .5rem 0 1.5rem }
h1 { font-size: 1.75rem; line-height: 1.15; margin: 1.25rem 0 .75rem }
h2 { font-size: 1.375rem; line-height: 1.2; margin: 2rem 0 .5rem }
h3 { font-size: 1.1875rem; line-height: 1.25; margin: 1.5rem 0 .5rem }
p, ul, ol, dl { margin: 0 0 .9rem }
a { color: #134b8a; text-underline-offset: .15em }
a:focus-visible, summary:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible, textarea:focus-visible, [tabindex]:focus-visible {
  outline: 3px solid #0b0c0c; outline-offset: 2px; box-shadow: 0 0 0 6px #ffdd00 }
a:focus-visible { color: #0b0c0c; background: #ffdd00; outline-offset: 0; box-shadow: none }
.skip { position: absolute; left: -100vw }
.skip:focus { position: static; display: block; padding: .5rem 1rem }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
.urgent { margin: 1rem 0; padding: .75rem 1rem; border-left: .5rem solid #b10e1e; background: #fbeeee }
.urgent p { margin: 0 }
.sample { margin: .75rem 0; padding: .5rem .75rem; border: 3px solid #0b0c0c; background: #fff7bf; font-weight: bold }
.problem { margin: 1rem 0; padding: .75rem 1rem; border: 4px solid #b10e1e }
.problem h2, .urgent h2 { margin-top: 0 }
.wrong { border-left: .3rem solid #b10e1e; padding-left: .75rem }
.wrong .error { color: #b10e1e; font-weight: bold; margin: 0 0 .25rem }
ol.steps { list-style: none; padding: 0; margin: 0 0 1rem }
ol.steps > li { padding: .75rem 0 .25rem; border-top: 1px solid #767676 }
.hop { font-weight: bold; margin-bottom: .4rem }
dl { display: grid; grid-template-columns: 1fr; gap: 0; font-size: 1.0625rem }
dt { font-weight: bold }
dd { margin: 0 0 .5rem }
dd ul { margin: 0; padding-left: 1.1rem }
a[href^="tel:"] { white-space: nowrap }
.way { margin: 1.25rem 0; padding: 0 1rem .5rem; border: 1px solid #767676; border-top: .3rem solid #14403d }
.small { font-size: 1rem; color: #383f43 }
.more { white-space: pre-line }
label, legend { font-weight: bold; display: block }
.hint { color: #4c555b; font-size: 1.0625rem; margin: 0 0 .25rem }
.field { margin: 0 0 1.25rem }
fieldset { border: 0; margin: 0; padding: 0; min-width: 0 }
input[type=text], select, textarea { font: inherit; color: inherit; width: 100%; min-height: 2.75rem; padding: .3rem .5rem; border: 2px solid #0b0c0c; border-radius: 0; background: #fff }
input.short { width: 6rem }
.ticks label { font-weight: normal; display: flex; gap: .6rem; align-items: center; min-height: 2.25rem }
.ticks input { width: 1.5rem; height: 1.5rem; flex: none; margin: 0 }
.ticks { columns: 15rem; margin: .5rem 0 1rem }
.ticks.few { columns: auto }
.ticks label { break-inside: avoid }
pre { white-space: pre-wrap }
textarea { resize: vertical }
input[type=file] { font: inherit; max-width: 100%; min-height: 2.75rem }
button { font: inherit; font-weight: bold; color: #fff; background: #14403d; border: 2px solid #14403d; padding: .55rem 1rem; min-height: 2.75rem; cursor: pointer }
button.choice { color: #134b8a; background: #fff; text-align: left; text-decoration: underline; margin: 0 0 .4rem }
button.second { color: #14403d; background: #fff }
.buttons { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1rem 0 }
.actions { display: flex; flex-wrap: wrap; gap: .5rem 1.25rem }
.success { margin: 1rem 0; padding: .75rem 1rem; border: 4px solid #00592f; background: #f0f7f2 }
.success p, .notice p { margin: 0 }
.notice { margin: 1rem 0; padding: .75rem 1rem; border-left: .5rem solid #134b8a; background: #eef3f9 }
.code { margin: 1rem 0; padding: 1rem; border: 2px solid #14403d; text-align: center }
.letters { font: bold clamp(1.6rem, 9vw, 3.25rem)/1.2 "Courier New", monospace; letter-spacing: .08em; margin: .25rem 0 }
.change { border-top: 1px solid #767676; padding: .75rem 0 0 }
.conflict { border-left: .3rem solid #b10e1e; padding-left: .75rem }
.waiting { border-left: .3rem solid #134b8a; padding-left: .75rem }
.tag { display: inline-block; margin: 0 0 .5rem; padding: .1rem .5rem; background: #e3ebea; font-size: 1rem; font-weight: bold }
form + p { margin-top: .9rem }
.back { margin: .75rem 0 0 }
.choices li { margin-bottom: .75rem }
table { border-collapse: collapse; width: 100%; margin: 0 0 1rem; font-size: 1.0625rem }
th { overflow-wrap: normal }
th, td { text-align: left; vertical-align: top; padding: .5rem .5rem .5rem 0; border-bottom: 1px solid #767676 }
td ul { margin: 0; padding-left: 1.1rem }
td.do { padding-right: 0 }
summary { cursor: pointer; min-height: 2rem; padding: .2rem 0; color: #134b8a; text-decoration: underline; width: fit-content }
@media (min-width: 40rem) {
  h1 { font-size: 2.25rem }
  h2 { font-size: 1.5rem }
  dl { grid-template-columns: minmax(9rem, 1fr) 3fr; gap: .3rem 1rem }
  dd { margin: 0 }
  td.do { white-space: nowrap }
}
@media print {
  body { font-size: 11pt }
  header { color: #000; background: none; border-bottom: 2pt solid #000 }
  header a, a { color: #000 }
  .skip, form, .onscreen { display: none }
  .width { max-width: none; padding: 0 }
  h1 { font-size: 20pt } h2 { font-size: 15pt } h3 { font-size: 12pt }
  h1, h2, h3, .hop { break-after: avoid }
  ol.steps > li, .urgent, .sample { break-inside: avoid }
  dl { grid-template-columns: minmax(9rem, 1fr) 3fr; gap: .15rem 1rem; font-size: 10.5pt }
  dd { margin: 0 }
  footer { background: none }
  main a[href^="http"]::after { content: " (" attr(href) ")" }
}
`;

/** What a Content-Security-Policy allows this style by, and no other. */
export const styleSource = `'sha256-${createHash("sha256").update(style).digest("base64")}'`;
