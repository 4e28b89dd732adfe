using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;

namespace Cdk.Context;

/// <summary>What an archive of the agent holds, read before any host fetches it.</summary>
internal static class AgentBinary
{
    private const string Program = "edge-agent";

    // Of the header of ELF: magic, and where the processor is said (e_machine) and as which number (elf.h).
    private const int HeaderBytes = 20;
    private const int MachineOffset = 18;
    private const ushort X64 = 62;
    private const ushort Arm64 = 183;

    private static ReadOnlySpan<byte> Magic => "\u007fELF"u8;

    /// <summary>For which processor the program in an archive was built.</summary>
    /// <param name="archive">A .tar.gz.</param>
    /// <returns>Null when the archive is damaged or holds no program of one of the two.</returns>
    public static AgentArchitecture? ArchitectureOf(string archive)
    {
        try
        {
            using var unpacked = new GZipStream(File.OpenRead(archive), CompressionMode.Decompress);
            using var entries = new TarReader(unpacked);
            while (entries.GetNextEntry() is { } entry)
            {
                if (entry.Name.TrimStart('.', '/') == Program && entry.DataStream is { } content)
                {
                    return Read(content);
                }
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException or FormatException)
        {
            // No archive: a host that fetches it says so.
        }

        return null;
    }

    private static AgentArchitecture? Read(Stream content)
    {
        var header = new byte[HeaderBytes];
        content.ReadExactly(header);
        return header.AsSpan().StartsWith(Magic)
            ? BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(MachineOffset)) switch
            {
                X64 => AgentArchitecture.X64,
                Arm64 => AgentArchitecture.Arm64,
                _ => null,
            }
            : null;
    }
}
