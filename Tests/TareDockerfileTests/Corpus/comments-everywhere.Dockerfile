# leading comment
  # indented comment
FROM alpine
# between
RUN echo one && \
# inside
    echo two && \
    # inside, indented

    echo three # not a comment
	# tab comment
RUN echo "# neither is this"
