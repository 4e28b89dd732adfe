using System.Runtime.InteropServices;
using System.Text;

namespace EdgeAgent.Interop;

/// <content>Running a program. .NET's own way would bring a library and threads that the agent needs for nothing else.</content>
internal static unsafe partial class LibC
{
    /// <summary>Runs a program with one argument and no environment, and waits for its end.</summary>
    /// <returns>True when it ran and ended with 0.</returns>
    internal static bool Run(string path, string argument)
    {
        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'), first = Encoding.UTF8.GetBytes(argument + '\0'))
        {
            var arguments = stackalloc byte*[] { name, first, null };
            var environment = stackalloc byte*[] { null };
            int pid, status;
            if (posix_spawn(&pid, name, null, null, arguments, environment) != 0)
            {
                return false;
            }

            while (waitpid(pid, &status, 0) < 0)
            {
                if (Marshal.GetLastPInvokeError() != EINTR)
                {
                    return false;
                }
            }

            return status == 0;
        }
    }

    [LibraryImport("libc")]
    internal static partial int malloc_trim(nuint pad);

    /// <summary>Parameters of mallopt(3).</summary>
    internal const int M_TRIM_THRESHOLD = -1;
    internal const int M_MMAP_THRESHOLD = -3;

    [LibraryImport("libc")]
    internal static partial int mallopt(int parameter, int value);

    [LibraryImport("libc")]
    private static partial int posix_spawn(int* pid, byte* path, void* fileActions, void* attributes, byte** argv, byte** envp);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int waitpid(int pid, int* status, int options);
}
