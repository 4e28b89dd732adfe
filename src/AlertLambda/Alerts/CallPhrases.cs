using Detection.Taxonomy;
using Wire.Model;

namespace AlertLambda.Alerts;

/// <summary>What a system call did, in the past tense, without the subject.</summary>
internal static class CallPhrases
{
    private const ulong PermissionBits = 0xFFF;

    /// <summary>The words; of a refused call, what was tried and with which error it was refused.</summary>
    public static string Action(IMarkup markup, CallEvent call)
    {
        var (path, other) = (Named(markup, call.Path), Named(markup, call.OtherPath));
        var (done, tried) = call.Call switch
        {
            CallKind.Rename => ($"renamed {other} to {path}", $"rename {other} to {path}"),
            CallKind.Link => ($"made {path} a further name of {other}", $"make {path} a further name of {other}"),
            CallKind.Symlink => ($"made {path} a link to {other}", $"make {path} a link to {other}"),
            CallKind.Unlink => ($"removed {path}", $"remove {path}"),
            CallKind.Truncate => ($"cut {path} to {call.Arguments.First} bytes", $"cut {path}"),
            CallKind.Chmod => ($"set the permissions of {path} to {Octal(call)}", $"set the permissions of {path} to {Octal(call)}"),
            CallKind.Chown => ($"changed the owner of {path}", $"change the owner of {path}"),
            CallKind.Mount => ($"mounted {other} on {path}", $"mount {other} on {path}"),
            CallKind.Umount => ($"unmounted {path}", $"unmount {path}"),
            CallKind.PivotRoot => ($"made {path} the root of its mount namespace", $"make {path} the root of its mount namespace"),
            CallKind.ModuleLoad => ($"loaded a kernel module from {path}", $"load a kernel module from {path}"),
            CallKind.BpfLoad => ("loaded a BPF program into the kernel", "load a BPF program into the kernel"),
            CallKind.Ptrace => ($"attached to process {call.Arguments.Second}", $"attach to process {call.Arguments.Second}"),
            CallKind.MemoryWrite => ($"wrote into the memory of process {call.Arguments.First}", $"write into the memory of process {call.Arguments.First}"),
            CallKind.MemfdCreate => ($"made a file in memory, named {path}", $"make a file in memory, named {path}"),
            CallKind.Setns => ("entered another namespace", "enter another namespace"),
            CallKind.Unshare => ("made new namespaces for itself", "make new namespaces for itself"),
            CallKind.RawSocket => ($"opened a {SocketKinds.Of(call.Arguments)} socket", $"open a {SocketKinds.Of(call.Arguments)} socket"),
            CallKind.Setuid or CallKind.Setreuid or CallKind.Setresuid => ("changed its user id", "change its user id"),
            _ => ($"made the system call {CallNames.Of(call.Call)}", $"make the system call {CallNames.Of(call.Call)}"),
        };
        return call.Error == 0 ? done : Refused(tried, call.Error);
    }

    /// <summary><c>tried to …, and was refused (EACCES)</c>.</summary>
    public static string Refused(string tried, ushort error) => $"tried to {tried}, and was refused ({ErrorNames.Of(error)})";

    private static string Named(IMarkup markup, string path) => path.Length == 0 ? "something without a name" : markup.Name(path, Phrases.PathLength);

    private static string Octal(CallEvent call) => Convert.ToString((long)(call.Arguments.First & PermissionBits), 8).PadLeft(4, '0');
}
