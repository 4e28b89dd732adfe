using EdgeAgent.Parsing;
using Wire.Model;

namespace EdgeAgent.Enrichment;

/// <summary>Makes events of system calls: finds out where their names lead and whether that is watched. One thread only.</summary>
/// <param name="names">Looks names up.</param>
/// <param name="isWatched">Tells of a path whether the watch lists hold it, or a folder above it.</param>
internal sealed class CallReader(AskedNames names, Func<string, bool> isWatched)
{
    /// <summary>MS_BIND and MS_MOVE.</summary>
    private const ulong MountsPath = 0x3000;

    /// <summary>Names of anything watched were changed since this was set to false.</summary>
    internal bool WatchedChanged { get; set; }

    /// <summary>The event.</summary>
    /// <param name="e">The call.</param>
    /// <param name="facts">What is common to all kinds, without the marks of the host's filter.</param>
    /// <param name="events">Where events are from.</param>
    internal HostEvent Read(KernelCall e, in EventFacts facts, EventPool events)
    {
        var error = (ushort)(e.Result < 0 ? -e.Result : 0);
        var flags = (PathFlags)e.File.PathFlags;
        var isResolved = IsResolved(e);
        var path = isResolved || e.Call == CallKind.MemfdCreate ? e.Name : PathOf(e, e.Name, e.Folder);

        // Of a name that was not read, or not to its end, nobody knows what it says; no honest program asks so.
        var isUnknown = e.Call < CallKind.Mount && (flags & (PathFlags.AskedUnreadable | PathFlags.AskedTruncated)) != 0;
        if (e.Call == CallKind.Open)
        {
            var marks = FlagsOf(isUnknown || IsWatched(e, path));
            return events.FileOpen(facts with { Flags = marks }, path, e.Name, flags, file: default, (uint)e.Arguments.First, error);
        }

        var other = OtherOf(e, path);
        var watched = e.File.Watch != 0 || isUnknown || IsWatched(e, path) || isWatched(other);
        var call = events.Call(
            facts with { Flags = FlagsOf(watched) }, e.Call, path, e.Call == CallKind.Symlink ? e.OtherName : other, flags,
            e.File.Inode != 0 ? new FileIdentity(e.File.Device, e.File.Inode, e.File.Mode, e.File.LinkCount) : default, error, e.Arguments);
        WatchedChanged |= watched && error == 0 && (call.IsFileChange || e.Call is CallKind.Mount or CallKind.Umount);
        return call;
    }

    /// <summary>A watched name counts also where it has become a link to something else.</summary>
    private bool IsWatched(KernelCall e, string path) =>
        isWatched(path) || (!IsResolved(e) && e.Call != CallKind.MemfdCreate && isWatched(names.PathOf(e.Key.Pid, e.Folder, e.Name, follow: false)));

    /// <summary>The text of a symbolic link is followed from where the link is; what is mounted by its type need not be a path.</summary>
    private string OtherOf(KernelCall e, string path) =>
        e.Call == CallKind.Mount && e.Arguments.First != 0 && (e.Arguments.Second & MountsPath) == 0 && !e.OtherName.StartsWith('/') ? e.OtherName
        : e.Call == CallKind.Symlink ? names.PathOf(e.Key.Pid, path[..Math.Max(0, path.LastIndexOf('/'))], e.OtherName, follow: true)
        : e.OtherName.Length == 0 ? e.OtherFolder
        : IsResolved(e) ? e.OtherName
        : PathOf(e, e.OtherName, e.OtherFolder);

    private string PathOf(KernelCall e, string name, string folder) =>
        names.PathOf(e.Key.Pid, folder, name, e.Call is not (CallKind.Rename or CallKind.Link or CallKind.Symlink or CallKind.Unlink));

    /// <summary>Names are paths that the kernel itself found: of an open file, or of what it was asked about.</summary>
    private static bool IsResolved(KernelCall e) => ((PathFlags)e.File.PathFlags & PathFlags.Unverified) == 0;

    private static EventFlags FlagsOf(bool watched) => watched ? EventFlags.Sensitive : EventFlags.None;
}
