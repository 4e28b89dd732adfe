using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace EdgeAgent.Interop;

/// <summary>Keeps what libbpf prints (warnings, the verifier's log), so that an error can show it in full.</summary>
/// <remarks>Bounded: the newest <see cref="MaxCharacters"/> characters, as many as libbpf takes of the verifier. Thread-safe.</remarks>
internal static unsafe class LibBpfLog
{
    internal const int MaxCharacters = 1 << 24;
    private const int Debug = 2;
    private static readonly StringBuilder Text = new();

    /// <summary>Sends libbpf's output here instead of stderr.</summary>
    internal static void Capture() => LibBpf.libbpf_set_print(&Print);

    /// <summary>What was printed since the last call.</summary>
    internal static string Take()
    {
        lock (Text)
        {
            var text = Text.ToString().TrimEnd();
            Text.Clear();
            return text;
        }
    }

    /// <summary>libbpf_print_fn_t. The va_list is passed on by reference, on x86-64 and arm64 alike; a copy of it tells the length first.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Print(int level, byte* format, nint arguments)
    {
        if (level >= Debug)
        {
            return 0;
        }

        const int ListSize = 32;
        var list = stackalloc byte[ListSize];
        Buffer.MemoryCopy((void*)arguments, list, ListSize, LibC.VaListSize);
        var length = LibC.vsnprintf(null, 0, format, (nint)list);
        if (length <= 0)
        {
            return length;
        }

        var buffer = (byte*)NativeMemory.Alloc((nuint)length + 1);
        _ = LibC.vsnprintf(buffer, (nuint)length + 1, format, arguments);
        lock (Text)
        {
            Text.Append(Encoding.UTF8.GetString(buffer, length));
            if (Text.Length > MaxCharacters)
            {
                Text.Remove(0, Text.Length - MaxCharacters);
            }
        }

        NativeMemory.Free(buffer);
        return length;
    }
}
