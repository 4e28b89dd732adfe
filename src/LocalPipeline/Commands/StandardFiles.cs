using System.Text;

namespace LocalPipeline.Commands;

/// <summary>Files of the command line, where <c>-</c> is standard input or output.</summary>
internal static class StandardFiles
{
    private const string Standard = "-";

    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    internal static System.IO.Stream OpenRead(string path) => path == Standard ? Console.OpenStandardInput() : File.OpenRead(path);

    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be written.</exception>
    internal static TextWriter OpenWrite(string path) =>
        new StreamWriter(path == Standard ? Console.OpenStandardOutput() : File.Create(path), new UTF8Encoding(false)) { NewLine = "\n" };
}
