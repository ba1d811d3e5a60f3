FROM alpine AS base
RUN echo base > /base
FROM base AS dev
RUN echo dev > /dev-tools
ENTRYPOINT ["sh"]
FROM base AS test
COPY --from=dev /dev-tools /dev-tools
RUN test -f /base
FROM base
COPY --from=0 /base /copy
COPY --from=test /base /tested
