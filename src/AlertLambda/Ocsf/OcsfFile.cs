using System.Globalization;
using Wire.Model;

namespace AlertLambda.Ocsf;

/// <summary>Files as OCSF objects.</summary>
internal static class OcsfFile
{
    private const int TypeBits = 0xF000;

    /// <summary>A file by path; a name is required, so that of a folder's root is the path itself.</summary>
    /// <param name="ocsf">Where to.</param>
    /// <param name="attribute">For example <c>file</c>.</param>
    /// <param name="path">Not empty.</param>
    /// <param name="file">Its identity, or all 0.</param>
    internal static void Write(OcsfWriter ocsf, string attribute, string path, FileIdentity file)
    {
        ocsf.Json.WriteStartObject(attribute);
        var name = path[(path.LastIndexOf('/') + 1)..];
        ocsf.Text("name", name.Length > 0 ? name : path);
        ocsf.Text("path", path);
        ocsf.Json.WriteNumber("type_id", TypeOf(file.Mode));
        if (file.Inode != 0)
        {
            ocsf.Json.WriteString("uid", string.Create(CultureInfo.InvariantCulture, $"{file.Device}:{file.Inode}"));
        }

        ocsf.Json.WriteEndObject();
    }

    private static int TypeOf(ushort mode) => (mode & TypeBits) switch
    {
        0x8000 => 1,
        0x4000 => 2,
        0x2000 => 3,
        0x6000 => 4,
        0xC000 => 5,
        0x1000 => 6,
        0xA000 => 7,
        _ => 0,
    };
}
