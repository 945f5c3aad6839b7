# One image for the gateway, each subgraph and the loader: what a container is, its command says.
# Node 24 runs the TypeScript as it is, so that neither bundler nor compiler reaches the image. Debian, because the query planner has no
# build for Alpine's musl.

FROM node:24-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
  # 160 MB of what runs the sentence model on other systems.
  && rm -rf node_modules/onnxruntime-node/bin/*/darwin node_modules/onnxruntime-node/bin/*/win32

# The sentence model is in the image: what runs there has neither Maven nor a folder to write to.
FROM maven:3-eclipse-temurin-17 AS model
WORKDIR /model
COPY subgraphs/directory/model/pom.xml .
RUN mvn --batch-mode --strict-checksums org.apache.maven.plugins:maven-dependency-plugin:unpack-dependencies \
  -DoutputDirectory=/sentence-model -DmarkersDirectory=/tmp/markers

# The IDE is built here, and neither what builds it nor its sources reach the image.
FROM node:24-bookworm-slim AS ide
WORKDIR /ide
COPY ide/package.json ide/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY ide .
RUN npm run build

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 SENTENCE_MODEL_DIR=/app/sentence-model
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY --from=model /sentence-model sentence-model
COPY package.json ./
COPY core core
COPY calendar calendar
COPY knowledge knowledge
COPY graph graph
COPY schema schema
COPY seed seed
COPY subgraphs subgraphs
COPY gateway gateway
COPY website website
COPY --from=ide /ide/dist ide/dist
USER node
EXPOSE 4000
# A fetch of Node's own: the image has no curl, and needs none.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "--eval", "fetch(`http://127.0.0.1:${process.env.PORT}/livez`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "gateway/main.ts"]
