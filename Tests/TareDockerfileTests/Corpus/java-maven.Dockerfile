FROM maven:3.9-eclipse-temurin-17 AS build
COPY pom.xml /tmp/
RUN mvn -B -f /tmp/pom.xml dependency:go-offline
COPY src /tmp/src/
WORKDIR /tmp/
RUN mvn -B package -DskipTests

FROM eclipse-temurin:17-jre
ARG JAR_FILE=/tmp/target/*.jar
COPY --from=build ${JAR_FILE} /app.jar
VOLUME /tmp
EXPOSE 8080
ENTRYPOINT ["java","-Djava.security.egd=file:/dev/./urandom","-jar","/app.jar"]
