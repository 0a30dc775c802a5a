# A small image with the program alone, and git for `--changed-since`.
FROM rust:1.95-alpine AS build
RUN apk add --no-cache musl-dev
WORKDIR /source
COPY . .
RUN cargo build --locked --release

FROM alpine:3.22
RUN apk add --no-cache git tzdata \
    && git config --system --add safe.directory '*' \
    && adduser -D -u 10001 rolelint
COPY --from=build /source/target/release/rolelint /usr/local/bin/rolelint
COPY LICENSE-MIT LICENSE-APACHE /usr/share/licenses/rolelint/
USER rolelint
WORKDIR /roles
ENTRYPOINT ["rolelint"]
CMD ["check"]
