using System.Runtime.InteropServices;

namespace EdgeAgent.Interop;

/// <summary>A call to libbpf failed. The message names the call, the object, the error and what to check; libbpf's own words follow.</summary>
public sealed class LibBpfException : Exception
{
    private const int EPERM = 1;
    private const int EACCES = 13;

    internal LibBpfException(string call, string target, int errno, string log)
        : base(Describe(call, target, errno, log))
    {
        Errno = errno;
        Call = call;
        Target = target;
        VerifierLog = log.Contains("BEGIN PROG LOAD LOG", StringComparison.Ordinal) ? log : "";
    }

    /// <summary>The function that failed.</summary>
    public string Call { get; }

    /// <summary>What it was to act on.</summary>
    public string Target { get; }

    /// <summary>What libbpf printed, when the kernel's verifier gave reasons; else empty.</summary>
    public string VerifierLog { get; }

    /// <summary>The errno of the failed call.</summary>
    public int Errno { get; }

    /// <summary>Throws for the errno that the last libbpf call left, with what libbpf printed meanwhile.</summary>
    internal static LibBpfException FromLastError(string call, string target) =>
        new(call, target, Math.Abs(Marshal.GetLastPInvokeError()), LibBpfLog.Take());

    private static string Describe(string call, string target, int errno, string log)
    {
        var check = errno switch
        {
            EPERM or EACCES => "; needs root or CAP_BPF, CAP_PERFMON and CAP_NET_ADMIN, and a kernel that is not locked down",
            LibC.ENOENT => "; is /sys/kernel/btf/vmlinux there (CONFIG_DEBUG_INFO_BTF)?",
            _ => "",
        };
        var text = $"{call}({target}) failed: {Marshal.GetPInvokeErrorMessage(errno)} (errno {errno}){check}";
        return log.Length == 0 ? text : text + Environment.NewLine + log;
    }
}
