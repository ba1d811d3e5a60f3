FROM ubuntu:14.04
MAINTAINER Jane Doe <jane@example.org>
ENV DEBIAN_FRONTEND noninteractive
RUN apt-get update
RUN apt-get install -y supervisor
ADD supervisord.conf /etc/supervisor/conf.d/supervisord.conf
ADD http://example.org/archive.tar.gz /opt/
EXPOSE 22 80
CMD /usr/bin/supervisord -n
