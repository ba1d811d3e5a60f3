FROM busybox
RUN [ "echo", "a \"quoted\" word" ]
RUN [ "$(id -u)" = 0 ] && echo root
RUN ['single', 'quotes']
CMD []
ENTRYPOINT [ ]
VOLUME [ "/a b", "/c" ]
COPY ["with space.txt", "/dest dir/"]
SHELL ["/bin/sh", "-ec"]
