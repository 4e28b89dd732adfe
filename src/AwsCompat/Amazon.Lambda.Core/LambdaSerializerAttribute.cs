namespace Amazon.Lambda.Core;

/// <summary>
/// Names the serializer of a class-library function. A function that brings its own bootstrap passes the serializer itself.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Assembly, AllowMultiple = false)]
public sealed class LambdaSerializerAttribute(Type serializerType) : Attribute
{
    /// <summary>A type that implements <see cref="ILambdaSerializer"/> and has a constructor without parameters.</summary>
    public Type SerializerType { get; set; } = serializerType;
}
