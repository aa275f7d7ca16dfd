@echo off
rem Loupe's entry on Windows: see the script "loupe" beside it.
setlocal
set "HOME_DIR=%~dp0"
if "%HOME_DIR:~-1%"=="\" set "HOME_DIR=%HOME_DIR:~0,-1%"
set "JDK="
if defined JAVA_HOME call :check "%JAVA_HOME%"
for /d %%J in ("%ProgramFiles%\Eclipse Adoptium\*" "%ProgramFiles%\Java\*" "%ProgramFiles%\Microsoft\jdk*" "%USERPROFILE%\.jdks\*") do if not defined JDK call :check "%%~J"
if not defined JDK (
  echo loupe: no JDK 25 was found; install one, for example Eclipse Temurin 25, or set JAVA_HOME 1>&2
  exit /b 4
)
set "STAMP=%HOME_DIR%\viewer-app\target\classpath.txt"
if not exist "%STAMP%" (
  echo loupe: building 1>&2
  pushd "%HOME_DIR%"
  call mvn -B -q -Dmaven.test.skip=true -Dspotless.check.skip=true package || (
    popd
    echo loupe: the build failed 1>&2
    exit /b 4
  )
  popd
)
set /p DEPENDENCIES=<"%STAMP%"
if defined LOUPE_CLASSPATH set "DEPENDENCIES=%DEPENDENCIES%;%LOUPE_CLASSPATH%"
if not defined TORCH_CPP_LOG_LEVEL set "TORCH_CPP_LOG_LEVEL=ERROR"
rem A class path file: the list is longer than a Windows command line may be.
set "ARGFILE=%TEMP%\loupe-%RANDOM%.args"
> "%ARGFILE%" echo -cp "%HOME_DIR:\=/%/viewer-app/target/classes;%HOME_DIR:\=/%/sr-engine/target/classes;%DEPENDENCIES:\=/%"
"%JDK%\bin\java" -Xmx3g -XX:GCTimeRatio=3 -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=25 -XX:G1HeapRegionSize=8m --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Dloupe.home="%HOME_DIR%" "@%ARGFILE%" org.loupe.viewer.Launcher %*
set "STATUS=%ERRORLEVEL%"
del "%ARGFILE%"
exit /b %STATUS%

:check
if exist "%~1\bin\javac.exe" if exist "%~1\release" (
  findstr /r /c:"^JAVA_VERSION=.25" "%~1\release" >nul && set "JDK=%~1"
)
exit /b 0
