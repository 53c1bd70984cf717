@echo off
rem Drag one or more .yaml files onto this file, or double-click it to do all of inputs\.
setlocal
cd /d "%~dp0"
if exist ".venv\Scripts\generate.exe" goto run
where py >nul 2>nul && (py -3 -m venv .venv) || (python -m venv .venv)
".venv\Scripts\python.exe" -m pip install -q . || goto end
:run
if "%~1"=="" (
  ".venv\Scripts\generate.exe" inputs\*.yaml
) else (
  ".venv\Scripts\generate.exe" %*
)
:end
echo.
pause
