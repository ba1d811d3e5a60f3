FROM eclipse-temurin:21-jre AS extract
WORKDIR /work
COPY target/*.jar app.jar
RUN java -Djarmode=layertools -jar app.jar extract
FROM eclipse-temurin:21-jre
WORKDIR /application
COPY --link --from=extract /work/dependencies/ ./
COPY --link --from=extract /work/spring-boot-loader/ ./
COPY --link --from=extract /work/snapshot-dependencies/ ./
COPY --link --from=extract /work/application/ ./
STOPSIGNAL SIGTERM
ENTRYPOINT exec java $JAVA_OPTS org.springframework.boot.loader.launch.JarLauncher
