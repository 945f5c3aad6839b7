# One image for the gateway, each subgraph and the loader: what a container is, its command says.
# Node 24 runs the TypeScript as it is, so that neither bundler nor compiler reaches the image. Debian, because the query planner has no
# build for Alpine's musl.

FROM node:24-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY package.json ./
COPY core core
COPY graph graph
COPY schema schema
COPY seed seed
COPY subgraphs subgraphs
COPY gateway gateway
USER node
EXPOSE 4000
# A fetch of Node's own: the image has no curl, and needs none.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "--eval", "fetch(`http://127.0.0.1:${process.env.PORT}/livez`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "gateway/main.ts"]
