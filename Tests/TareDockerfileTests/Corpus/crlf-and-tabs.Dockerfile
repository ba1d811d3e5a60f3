FROM	busybox
	RUN	echo	"tabs   stay"	
  ENV  A=1	B=2
LABEL	a.b="c	d"
