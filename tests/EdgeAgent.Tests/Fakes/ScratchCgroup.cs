using System.Globalization;
using EdgeAgent.Interop;

namespace EdgeAgent.Tests.Fakes;

/// <summary>
/// A cgroup below the root of cgroup2, removed at the end. Its name must be unique on the machine: other test runs make some, too.
/// </summary>
internal sealed unsafe class ScratchCgroup : IDisposable
{
    internal ScratchCgroup(string name)
    {
        Path = System.IO.Path.Combine(CgroupFactAttribute.Root!, name);
        Directory.CreateDirectory(Path);
    }

    internal string Path { get; }

    /// <summary>The kernel's id: the number of the folder.</summary>
    internal ulong Id
    {
        get
        {
            LibC.Statx stat;
            Assert.Equal(0, LibC.statx(LibC.AT_FDCWD, Path, 0, LibC.STATX_BASIC_AND_BTIME, &stat));
            return stat.Inode;
        }
    }

    /// <summary>Arguments of <c>sh</c> that run a program in this cgroup: the shell moves itself and becomes the program.</summary>
    internal string[] Enter(params string[] program) =>
        ["-c", string.Create(CultureInfo.InvariantCulture, $"echo $$ > '{Path}/cgroup.procs' && exec \"$0\" \"$@\""), .. program];

    public void Dispose() => Directory.Delete(Path);
}
