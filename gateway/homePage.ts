import { style } from "./ways/style.ts";

/** The question this directory exists to answer. */
const headlineQuery = `{
  search(text: "loneliness support near Rose Hill", first: 5) {
    edges {
      node { name summary }
      distanceMetres
      why { sentence }
    }
  }
}`;

/** What somebody sees who opens the endpoint's address in a browser: what this is, and how to ask it. Plain HTML, nothing from elsewhere. */
export const homePage = `<!doctype html>
<html lang="en-GB">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Common Ground: a directory of community assets</title>
    <style>${style}</style>
  </head>
  <body>
    <main class="width">
      <h1>Common Ground</h1>
      <p>A directory of the groups, activities, organisations and places that help people live well, asked in GraphQL at <code>/graphql</code> and described in <a href="/schema.graphql">its schema</a>.</p>
      <p>If a life is at risk, call <a href="tel:999">999</a>. To talk to somebody at any hour, call Samaritans on <a href="tel:116123">116 123</a>.</p>
      <p>To see how people come to help, <a href="/referral-routes">find a way to help</a> or read <a href="/pathways">the pathways</a>.</p>
      <p>To put things on the map together, <a href="/workshop">join a workshop</a>, by forms or in <a href="/ide">the editor for GraphQL</a>. To add to it on your own, or put it right, <a href="/sign-in">sign in</a>.</p>
      <h2>Try it</h2>
      <pre><code>${headlineQuery}</code></pre>
    </main>
  </body>
</html>
`;
