FROM alpine
RUN echo a\\
RUN echo b \  
    && echo c
RUN echo "d \
e"
ENV X="a \
  b" \
    Y=1
RUN printf '%s\n' \
    one \
    two
