package io.plimsoll.server.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.plimsoll.server.config.AccessConfig.OidcConfig;
import io.plimsoll.server.config.Role;
import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bearer tokens of an OpenID Connect issuer, checked by Nimbus: signature by the issuer's published keys, algorithm, issuer,
 * audience, times. The keys are asked for when the first token comes, and kept.
 */
final class OidcTokens {

    private static final Logger LOG = LoggerFactory.getLogger(OidcTokens.class);
    private static final long OUTAGE_MS = Duration.ofHours(1).toMillis();

    private final OidcConfig config;
    private final IssuerMetadata metadata;
    private volatile @Nullable DefaultJWTProcessor<SecurityContext> processor;

    OidcTokens(OidcConfig config) {
        this.config = config;
        this.metadata = new IssuerMetadata(config);
    }

    /**
     * Whose token it is.
     *
     * @throws AccessDenied where it is not good, or the issuer's keys cannot be had
     */
    Caller caller(String token) {
        try {
            return caller(processor().process(token, null));
        } catch (ParseException e) {
            throw AccessDenied.bad("what was sent is neither a known API key nor a token");
        } catch (BadJOSEException e) {
            throw AccessDenied.bad("the token is not good: " + e.getMessage());
        } catch (RateLimitReachedException e) {
            // Keys were asked for a moment ago, and there was none by that id.
            throw AccessDenied.bad("the token is not good: it is signed with a key that the issuer does not have");
        } catch (KeySourceException | IOException e) {
            LOG.warn("The keys of {} cannot be had: {}", config.issuer(), e.getMessage());
            throw AccessDenied.cannotTell("the keys of the issuer of tokens cannot be had at present; ask again");
        } catch (JOSEException e) {
            throw AccessDenied.bad("the token's signature cannot be checked");
        }
    }

    private DefaultJWTProcessor<SecurityContext> processor() throws IOException {
        DefaultJWTProcessor<SecurityContext> made = processor;
        if (made == null) {
            // Two at once make two, of which one is kept.
            made = new DefaultJWTProcessor<>();
            JWKSource<SecurityContext> keys = JWKSourceBuilder.<SecurityContext>create(
                            metadata.jwksUri(), metadata.retriever())
                    .retrying(true)
                    .outageTolerant(OUTAGE_MS)
                    .build();
            Set<JWSAlgorithm> allowed =
                    config.algorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toSet());
            made.setJWSKeySelector(new JWSVerificationKeySelector<>(allowed, keys));
            made.setJWSTypeVerifier(
                    new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
            made.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                    config.audience(),
                    new JWTClaimsSet.Builder().issuer(config.issuer()).build(),
                    Set.of("exp", config.nameClaim())));
            processor = made;
        }
        return made;
    }

    private Caller caller(JWTClaimsSet claims) {
        List<String> roles = texts(claim(claims.getClaims(), config.roleClaim()));
        Role role = roles.contains(config.operatorRole())
                ? Role.OPERATOR
                : roles.contains(config.readerRole()) ? Role.READER : Role.ANYONE;
        return new Caller(String.valueOf(claims.getClaim(config.nameClaim())), role);
    }

    /** The claim of that name, or, where there is none, the one to which its dots lead. */
    private static @Nullable Object claim(Map<?, ?> claims, String name) {
        if (claims.containsKey(name)) {
            return claims.get(name);
        }
        int dot = name.indexOf('.');
        return dot > 0 && claims.get(name.substring(0, dot)) instanceof Map<?, ?> nested
                ? claim(nested, name.substring(dot + 1))
                : null;
    }

    private static List<String> texts(@Nullable Object claim) {
        if (claim instanceof Collection<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        return claim instanceof String text ? Arrays.asList(text.split(" ")) : List.of();
    }
}
