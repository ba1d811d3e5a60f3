# escape=`

FROM mcr.microsoft.com/windows/nanoserver:ltsc2022
SHELL ["powershell", "-Command"]
COPY testfile.txt c:\
RUN dir c:\ ; `
    Write-Host 'done'
WORKDIR C:\app
ENTRYPOINT ["cmd", "/S", "/C"]
