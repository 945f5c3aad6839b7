// A client of a GraphQL server in another process: it asks over HTTP and reads the whole answer.
import { Pool } from "undici";
import { serveContender } from "../contender.ts";
import type { Question } from "../questions.ts";

export interface HttpClientSettings {
  /** Where the server listens, without a slash at the end. */
  readonly url: string;
}

const { url } = JSON.parse(process.argv[2] ?? "") as HttpClientSettings;
const pool = new Pool(url, { connections: 64, pipelining: 1 });

serveContender(
  async (question) => {
    const { query, variables } = question as Question;
    const { statusCode, body } = await pool.request({
      method: "POST",
      path: "/graphql",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query, variables }),
    });
    const answer = await body.text();
    if (statusCode !== 200 || answer.includes('"errors":[')) throw new Error(`${statusCode}: ${answer.slice(0, 1000)}`);
    return answer;
  },
  () => pool.close(),
);
