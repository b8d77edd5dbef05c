@echo off
rem Klik dua kali untuk memeriksa folder "masuk", atau jatuhkan berkas dan folder di atas berkas ini.
rem The names of dropped files are not read from %1, %2: cmd breaks them at "&" and replaces "%". rosterkit takes them
rem from the command line as Windows wrote it.
setlocal EnableExtensions EnableDelayedExpansion
chcp 65001 >nul
set "ROSTERKIT_DROPPED="
if not "!cmdcmdline:/c =!"=="!cmdcmdline!" set "ROSTERKIT_DROPPED=!cmdcmdline!"
setlocal DisableDelayedExpansion
set "ROSTERKIT_PROJECT=%~dp0"
pushd "%~dp0"

set "program="
set "module="
for %%P in (".venv" "..\.venv" "..\..\.venv" "..\rosterkit\.venv") do (
  if not defined program if exist "%%~P\Scripts\rosterkit.exe" set "program=%%~P\Scripts\rosterkit.exe"
)
if defined program goto found
if exist "%LOCALAPPDATA%\Programs\rosterkit\bin\rosterkit.exe" (
  set "program=%LOCALAPPDATA%\Programs\rosterkit\bin\rosterkit.exe"
)
if defined program goto found
where rosterkit >nul 2>nul
if not errorlevel 1 set "program=rosterkit"
if defined program goto found
py -m rosterkit --version >nul 2>nul
if not errorlevel 1 set "program=py"
if defined program set "module=-m rosterkit"
if defined program goto found
echo rosterkit tidak ditemukan di komputer ini. Pasang dulu, lalu coba lagi.
set "code=2"
goto end

:found
if defined ROSTERKIT_DROPPED goto dropped
"%program%" %module% check %*
set "code=%errorlevel%"
goto end

:dropped
"%program%" %module% check
set "code=%errorlevel%"

:end
popd
echo.
pause
rem What stands behind an "&" in the name of a dropped file would be run as a command; "exit" prevents that.
if defined ROSTERKIT_DROPPED exit %code%
exit /b %code%
