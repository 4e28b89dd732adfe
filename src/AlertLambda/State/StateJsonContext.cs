using System.Text.Json.Serialization;

namespace AlertLambda.State;

/// <summary>The JSON inside of items, without reflection.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<OutboxEntry>))]
[JsonSerializable(typeof(HostNote))]
internal sealed partial class StateJsonContext : JsonSerializerContext;
