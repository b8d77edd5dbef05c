/* rosterkit.exe: runs ..\python\python.exe -m rosterkit with the words that follow it, as Windows wrote them.

   A .cmd would break names with & ^ % and !, and a batch file that calls it would never go on. */
#include <windows.h>
#include <wchar.h>

#define LONGEST 32768 /* characters of a command line */
static const wchar_t MODULE[] = L"rosterkit -m rosterkit ";
static wchar_t program[LONGEST], command[LONGEST + 32];

static const wchar_t *words_after_program(const wchar_t *line)
{
    wchar_t end = *line == L'"' ? L'"' : L' ';
    if (end == L'"')
        line++;
    while (*line && *line != end && (end == L'"' || *line != L'\t'))
        line++;
    if (*line)
        line++;
    while (*line == L' ' || *line == L'\t')
        line++;
    return line;
}

static BOOL find_python(void)
{
    DWORD length = GetModuleFileNameW(NULL, program, LONGEST - 32);
    wchar_t *end = program + length;
    int folders = 2; /* ...\bin\rosterkit.exe */
    if (length == 0 || length >= LONGEST - 32)
        return FALSE;
    while (end > program && folders)
        if (*--end == L'\\')
            folders--;
    wcscpy(end, L"\\python\\python.exe");
    return folders == 0;
}

static BOOL WINAPI leave_it_to_python(DWORD event)
{
    return event == CTRL_C_EVENT || event == CTRL_BREAK_EVENT; /* it gets them too, and says what became of the run */
}

static void end_together(HANDLE process)
{
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {0};
    HANDLE job = CreateJobObjectW(NULL, NULL); /* open as long as this program runs */
    limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
    if (job && SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof limits))
        AssignProcessToJobObject(job, process);
}

int main(void)
{
    STARTUPINFOW start = {sizeof start};
    PROCESS_INFORMATION child;
    DWORD code = 3;
    const wchar_t *words = words_after_program(GetCommandLineW());

    GetStartupInfoW(&start); /* its streams are ours */
    wcscpy(command, MODULE);
    wcsncat(command, words, LONGEST - 1);
    SetConsoleCtrlHandler(leave_it_to_python, TRUE);
    if (!find_python() || !CreateProcessW(program, command, NULL, NULL, TRUE, CREATE_SUSPENDED, NULL, NULL, &start, &child)) {
        static const char text[] = "rosterkit tidak lengkap di komputer ini. Pasang lagi.\r\n";
        WriteFile(GetStdHandle(STD_ERROR_HANDLE), text, sizeof text - 1, &code, NULL);
        return 3;
    }
    end_together(child.hProcess);
    ResumeThread(child.hThread);
    WaitForSingleObject(child.hProcess, INFINITE);
    GetExitCodeProcess(child.hProcess, &code);
    return (int)code;
}
