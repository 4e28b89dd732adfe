namespace Amazon.Lambda.Core;

/// <summary>The Cognito identity of a mobile caller. No caller of ours has one.</summary>
public interface ICognitoIdentity
{
    /// <summary>The id of the identity.</summary>
    string IdentityId { get; }

    /// <summary>The pool the identity belongs to.</summary>
    string IdentityPoolId { get; }
}
