using Wire.Model;

namespace Detection.Taxonomy;

/// <content>The fields of system calls.</content>
public sealed partial class HostEventView
{
    // What the kernel looks at of the register: the process chooses the rest.
    private const ulong ModeBits = 0xFFF;
    private const ulong SetIdBits = 0xC00;

    private static FieldValue ReadCall(CallEvent e, HostField field) => field switch
    {
        HostField.Call => FieldValue.KnownText(CallNames.Of(e.Call)),
        HostField.TargetFilename => FieldValue.KnownText(e.Path),
        HostField.SourceFilename => e.Call is CallKind.Unlink or CallKind.Truncate or CallKind.Chmod or CallKind.Chown ? default : FieldValue.KnownText(e.OtherPath),
        HostField.Error => FieldValue.KnownText(ErrorNames.Of(e.Error)),
        HostField.Unverified => FieldValue.Of((e.PathFlags & PathFlags.Unverified) != 0),
        HostField.Mode => e.Call == CallKind.Chmod ? FieldValue.Of((long)(e.Arguments.First & ModeBits)) : default,
        HostField.SetsId => e.Call == CallKind.Chmod ? FieldValue.Of((e.Arguments.First & SetIdBits) != 0) : default,
        HostField.NewUid => NewUidOf(e),
        HostField.TargetProcessId => e.Call switch
        {
            CallKind.Ptrace => FieldValue.Of((uint)e.Arguments.Second),
            CallKind.MemoryWrite => FieldValue.Of((uint)e.Arguments.First),
            _ => default,
        },
        HostField.SocketKind => FieldValue.KnownText(e.Call == CallKind.RawSocket ? SocketKinds.Of(e.Arguments) : ""),
        _ => ReadFile(e.File, e.PathFlags, "", field),
    };

    // -1 = as it was. Of several the effective one, by which rights are given.
    private static FieldValue NewUidOf(CallEvent e) => e.Call switch
    {
        CallKind.Chown or CallKind.Setuid => KnownNumber((uint)e.Arguments.First, uint.MaxValue),
        CallKind.Setreuid or CallKind.Setresuid => KnownNumber((uint)e.Arguments.Second, uint.MaxValue),
        _ => default,
    };
}
