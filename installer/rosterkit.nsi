; The installer for Windows. build.py gives VERSION, PROGRAM (the folder that is packed), SETUP and KILOBYTES.
; It is for one user and needs no administrator; /S installs in silence.
Unicode true
Target amd64-unicode
!ifdef FAST
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
Name "rosterkit ${VERSION}"
OutFile "${SETUP}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\rosterkit"
InstallDirRegKey HKCU "Software\rosterkit" "Folder"
BrandingText "rosterkit ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "rosterkit"
VIAddVersionKey "FileDescription" "Pemasang rosterkit"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "MIT"

!include "MUI2.nsh"
!include "LogicLib.nsh"
!include "WinVer.nsh"

!define DESK "Meja Kerja rosterkit"
!define VERB "Periksa dengan rosterkit"
!define CLASSES "Software\Classes"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\rosterkit"
!define PYTHON '"$INSTDIR\python\python.exe"'
!define PYTHONW '"$INSTDIR\python\pythonw.exe"'
!define COMMAND '"$INSTDIR\bin\rosterkit.exe"'
!define COMPUTER '${PYTHON} "$INSTDIR\python\rosterkit_computer.py"'
!define LOADED "import rosterkit.pipeline, rosterkit.run.work, rosterkit.desk.serve, rosterkit.cli, uvicorn"

!define MUI_WELCOMEPAGE_TITLE "rosterkit ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "rosterkit memeriksa daftar pekerja rentan dan menyiapkan berkas unggah BPJS \
Ketenagakerjaan.$\r$\n$\r$\nProgram ini dipasang untuk Anda sendiri, tanpa hak administrator dan tanpa internet. \
Tidak ada data yang keluar dari komputer ini, dan folder daftar Anda tidak disentuh.$\r$\n$\r$\nKlik Pasang."
!define MUI_FINISHPAGE_TITLE "rosterkit siap dipakai"
!define MUI_FINISHPAGE_TEXT "Buka $\"${DESK}$\" dari desktop atau menu Start. Pada sebuah folder daftar: klik kanan, \
lalu $\"${VERB}$\" (di Windows 11 di bawah $\"Tampilkan opsi lainnya$\")."
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_TEXT "Buka ${DESK} sekarang"
!define MUI_FINISHPAGE_RUN_FUNCTION OpenDesk
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!define MUI_UNCONFIRMPAGE_TEXT_TOP "Program rosterkit dihapus. Folder kerja, daftar, dan hasil Anda tetap ada."
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Indonesian"

Function .onInit
  ${IfNot} ${AtLeastWin10}
    MessageBox MB_OK|MB_ICONSTOP "rosterkit memerlukan Windows 10 atau 11 (64 bit)." /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
  System::Call 'kernel32::CreateMutexW(p 0, i 0, w "rosterkit-setup") p .r0 ?e'
  Pop $1
  ${If} $1 = 183 ; ERROR_ALREADY_EXISTS
    MessageBox MB_OK|MB_ICONSTOP "Pemasang rosterkit sudah terbuka." /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
FunctionEnd

Function OpenDesk
  Exec '${PYTHONW} -m rosterkit desk'
FunctionEnd

; Ends desks and checks that run out of our folder, after asking. Then takes the program away, all of it or nothing.
!macro REMOVE_PROGRAM un
Function ${un}RemoveProgram
  ${Do}
    nsExec::Exec '${COMPUTER} count'
    Pop $0
    ${If} $0 != "error"
    ${AndIf} $0 > 0
      MessageBox MB_OKCANCEL|MB_ICONINFORMATION "Meja kerja rosterkit atau sebuah pemeriksaan sedang berjalan. \
Klik OK untuk menutupnya dan melanjutkan. Hasil yang sudah ditulis tetap ada." /SD IDOK IDOK close
      Call ${un}GiveUp
      close:
      nsExec::Exec '${COMPUTER} stop'
      Pop $0
    ${EndIf}
    RMDir /r "$INSTDIR\lama"
    ClearErrors
    ${If} ${FileExists} "$INSTDIR\python\*.*"
      CreateDirectory "$INSTDIR\lama"
      Rename "$INSTDIR\python" "$INSTDIR\lama\python"
    ${EndIf}
    ${IfNot} ${Errors}
      ${ExitDo}
    ${EndIf}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "Berkas program di $INSTDIR sedang dipakai. Tutup jendela \
rosterkit yang terbuka, lalu klik Coba Lagi." /SD IDCANCEL IDRETRY again
    RMDir "$INSTDIR\lama"
    Call ${un}GiveUp
    again:
  ${Loop}
  RMDir /r "$INSTDIR\lama"
  RMDir /r "$INSTDIR\lib"
  RMDir /r "$INSTDIR\bin"
  Delete "$INSTDIR\LISENSI.txt"
FunctionEnd

Function ${un}GiveUp
  SetErrorLevel 2
  Abort "Tidak ada yang diubah."
FunctionEnd
!macroend
!insertmacro REMOVE_PROGRAM ""
!insertmacro REMOVE_PROGRAM "un."

!macro ADD_VERB KEY LINE
  WriteRegStr HKCU "${CLASSES}\${KEY}\shell\rosterkit" "" "${VERB}"
  WriteRegStr HKCU "${CLASSES}\${KEY}\shell\rosterkit" "Icon" "$INSTDIR\python\pythonw.exe"
  WriteRegStr HKCU "${CLASSES}\${KEY}\shell\rosterkit\command" "" '${LINE}'
!macroend

; Explorer makes the keys above ours itself; they go where nobody else has put anything into them.
!macro REMOVE_VERB KEY
  DeleteRegKey HKCU "${CLASSES}\${KEY}\shell\rosterkit"
  DeleteRegKey /ifempty HKCU "${CLASSES}\${KEY}\shell"
  DeleteRegKey /ifempty HKCU "${CLASSES}\${KEY}"
!macroend

!macro ADD_WORKBOOK_VERB KEY
  !insertmacro ADD_VERB "${KEY}" '${COMMAND} check --wait "%1"'
!macroend
!macro FOR_EACH_WORKBOOK MACRO
  !insertmacro ${MACRO} "SystemFileAssociations\.xlsx"
  !insertmacro ${MACRO} "SystemFileAssociations\.xlsm"
  !insertmacro ${MACRO} "SystemFileAssociations\.xlsb"
  !insertmacro ${MACRO} "SystemFileAssociations\.xls"
  !insertmacro ${MACRO} "SystemFileAssociations\.ods"
  !insertmacro ${MACRO} "SystemFileAssociations\.csv"
!macroend

!macro TELL_EXPLORER
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)' ; SHCNE_ASSOCCHANGED
!macroend

Section "rosterkit"
  Call RemoveProgram
  SetOutPath "$INSTDIR"
  ClearErrors
  File /r "${PROGRAM}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  ${If} ${Errors}
    MessageBox MB_OK|MB_ICONSTOP "Program tidak bisa ditulis ke $INSTDIR. Cek ruang disk, lalu pasang lagi." /SD IDOK
    SetErrorLevel 2
    Abort
  ${EndIf}
  DetailPrint "Mencoba program (sekitar setengah menit) ..."
  nsExec::ExecToStack '${PYTHON} -c "${LOADED}"' ; the virus scanner looks through it now, not at her first start
  Pop $0
  Pop $1
  ${If} $0 != 0
    MessageBox MB_OK|MB_ICONSTOP "Program tidak bisa dijalankan di komputer ini. Laporkan kepada pengelola \
rosterkit:$\r$\n$1" /SD IDOK
    SetErrorLevel 3
    Abort
  ${EndIf}

  SetOutPath "$PROFILE" ; where a shortcut starts
  CreateShortcut "$DESKTOP\${DESK}.lnk" "$INSTDIR\python\pythonw.exe" "-m rosterkit desk"
  CreateShortcut "$SMPROGRAMS\${DESK}.lnk" "$INSTDIR\python\pythonw.exe" "-m rosterkit desk"
  CreateShortcut "$SENDTO\${VERB}.lnk" "$INSTDIR\bin\rosterkit.exe" "check --wait"
  nsExec::Exec '${COMPUTER} add-path'
  Pop $0

  !insertmacro ADD_VERB "Directory" '${PYTHONW} -m rosterkit desk "%1"'
  !insertmacro ADD_VERB "Directory\Background" '${PYTHONW} -m rosterkit desk "%V"'
  !insertmacro ADD_VERB "Drive" '${PYTHONW} -m rosterkit desk "%1"'
  !insertmacro FOR_EACH_WORKBOOK ADD_WORKBOOK_VERB
  WriteRegStr HKCU "${CLASSES}\.daftar" "" "rosterkit.daftar"
  WriteRegStr HKCU "${CLASSES}\rosterkit.daftar" "" "Folder kerja rosterkit"
  WriteRegStr HKCU "${CLASSES}\rosterkit.daftar\DefaultIcon" "" "$INSTDIR\python\pythonw.exe"
  WriteRegStr HKCU "${CLASSES}\rosterkit.daftar\shell\open\command" "" '${PYTHONW} -m rosterkit desk "%1"'

  WriteRegStr HKCU "Software\rosterkit" "Folder" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "rosterkit"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\python\pythonw.exe"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  !insertmacro TELL_EXPLORER
SectionEnd

Section "Uninstall"
  nsExec::Exec '${COMPUTER} remove-path'
  Pop $0
  Call un.RemoveProgram
  Delete "$DESKTOP\${DESK}.lnk"
  Delete "$SMPROGRAMS\${DESK}.lnk"
  Delete "$SENDTO\${VERB}.lnk"
  !insertmacro REMOVE_VERB "Directory\Background"
  !insertmacro REMOVE_VERB "Directory"
  !insertmacro REMOVE_VERB "Drive"
  !insertmacro FOR_EACH_WORKBOOK REMOVE_VERB
  ReadRegStr $0 HKCU "${CLASSES}\.daftar" ""
  ${If} $0 == "rosterkit.daftar"
    DeleteRegKey HKCU "${CLASSES}\.daftar"
  ${EndIf}
  DeleteRegKey HKCU "${CLASSES}\rosterkit.daftar"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\rosterkit"
  RMDir /r "$PROFILE\.rosterkit" ; the log, the open desk, which places outside of projects are allowed
  RMDir /r "$LOCALAPPDATA\rosterkit" ; schema files that were checked
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  RMDir "$LOCALAPPDATA\Programs"
  !insertmacro TELL_EXPLORER
SectionEnd
