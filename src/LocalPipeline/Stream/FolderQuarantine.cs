using AlertLambda.Intake;
using Wire.Codec;
using Wire.Text;

namespace LocalPipeline.Stream;

/// <summary>Keeps records that are not frames as files of a folder that is made when the first one comes. Not thread-safe.</summary>
internal sealed class FolderQuarantine(TextWriter messages) : IQuarantine
{
    private string? _folder;

    /// <inheritdoc/>
    public async Task KeepAsync(StreamRecord record, FrameError error, CancellationToken cancellationToken)
    {
        // Made with a random name and for its owner only: the place is not for others to guess.
        _folder ??= Directory.CreateTempSubdirectory("pipeline-quarantine-").FullName;
        var file = Path.Combine(_folder, $"record-{record.SequenceNumber}.bin");
        await File.WriteAllBytesAsync(file, record.Data, cancellationToken);
        // What is no frame has no host: a recording gives it none, either.
        var origin = record.PartitionKey.Length == 0 ? "" : $" of {SafeText.Escape(record.PartitionKey)}";
        await messages.WriteLineAsync($"pipeline: record {record.SequenceNumber}{origin} is not a frame ({error}); kept as {file}");
    }
}
