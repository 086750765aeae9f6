namespace Resilience.Core;

/// <summary>
/// A request the chain refuses, with a stable code a program can act on and a sentence a person can. The server turns it into
/// a ProblemDetails (RFC 9457) with extension <c>code</c>.
/// </summary>
/// <param name="code">Stable, <c>module.reason</c> in kebab-case, for example <c>warnings.same-person</c>.</param>
/// <param name="message">One plain sentence: what is wrong and what to do.</param>
/// <param name="status">HTTP status; 400 unless told, 403 not allowed, 404 absent, 409 conflicts with what is there, 413 too large.</param>
public sealed class RefusalException(string code, string message, int status = 400) : Exception(message)
{
    /// <summary>Stable code, <c>module.reason</c>.</summary>
    public string Code { get; } = code;

    /// <summary>HTTP status the refusal maps to.</summary>
    public int Status { get; } = status;
}
